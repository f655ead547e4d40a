import type { ObjectName } from '../../../../catalog/model/object-name.ts';
import type { Fact, Structure } from '../../../../dialect/structure/fact.ts';
import type { RuleTable } from '../../../../dialect/structure/rules.ts';
import type { CopyText } from '../../online/copy-text.ts';
import { temporaryName } from '../../online/temporary-name.ts';
import { tableNameOf } from '../relation.ts';
import { copyFacts, type CopyFacts } from './copy-facts.ts';
import { valueColumns } from './own-parts.ts';
import { copyKey } from './why-no-copy.ts';

/** A table that a copy is to take the place of: as it is before, and as it is to be; nothing else differs. */
export interface TableCopy {
  readonly table: Fact;
  readonly before: Structure;
  readonly after: Structure;
  readonly rules: RuleTable;
}

/** The copy that is made of the table: the same names in every run of the same change. */
export interface MadeCopy extends TableCopy {
  readonly text: CopyText;
  readonly made: CopyFacts;
}

/** The copy that gives the table the shape it has in `after`. */
export function copyOf(copying: TableCopy): MadeCopy {
  const { table, before, after } = copying;
  const shape = [...after.facts.values()].filter(({ id }) => before.facts.get(id) !== after.facts.get(id));
  const parts = shape.map(({ id, attributes }) => JSON.stringify([id, attributes])).toSorted();
  return copyCalled(copyName(table, ...parts), copying);
}

/** `change` tells what the copy is made for from everything else. */
export function copyName(table: Fact, ...change: readonly string[]): ObjectName {
  const place = tableNameOf(table);
  return { ...place, name: temporaryName(place.name, 'new', table.id, ...change) };
}

export function copyCalled(copy: ObjectName, copying: TableCopy): MadeCopy {
  const { table, before, after } = copying;
  const text = {
    table: tableNameOf(table),
    copy,
    columns: valueColumns(table.id, before, after),
    key: copyKey(table.id, before, after) ?? [],
  };
  return { ...copying, text, made: copyFacts(table, copy.name, before, after) };
}
