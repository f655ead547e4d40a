import type { Alteration } from '../../../catalog/change/alteration.ts';
import type { Column } from '../../../catalog/model/column.ts';
import type { Table } from '../../../catalog/model/table.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import { mysqlText } from '../text.ts';
import { printColumn } from './column.ts';
import { printCheck } from './constraint.ts';
import { alterTable, setting, type AlterationContext, type DefinitionContext } from './context.ts';
import { memberOption } from './member-option.ts';
import { dropCheck } from './rename-table.ts';
import { changedOptions } from './table.ts';
import { tableOf } from './table-of.ts';

/** Options of a table and the facts about its members that are kept among them, in one statement. */
export function alterTableOptions(
  { table: name }: Extract<Alteration, { kind: 'set-table-options' }>,
  { before, after }: AlterationContext,
): readonly DefinitionStatement[] {
  const [old, next] = [tableOf(name, before), tableOf(name, after)];
  const parts = [
    ...changedOptions(old, next, after.flavor),
    ...next.columns
      .filter((column) => saysOther(column, old, next))
      .map((column) => `modify column ${printColumn(column, next, after)}`),
    ...alteredIndexes(old, next, after),
    ...next.checks
      .filter(({ name: check }) => isOther('not_enforced', check, old, next))
      .flatMap((check) => [dropCheck(check.name), `add ${printCheck(check, next, after)}`]),
  ];
  return parts.length === 0 ? [] : [setting(alterTable(name, parts))];
}

/** A column of text without a collation of its own has that of its table, and goes with it. */
function saysOther(column: Column, old: Table, next: Table): boolean {
  const follows = column.collation === undefined && ['text', 'varchar', 'char', 'enum'].includes(column.type.kind);
  if (follows && old.options?.['collation'] !== next.options?.['collation']) return true;
  return isOther('on_update', column.name, old, next) || isOther('invisible', column.name, old, next);
}

function alteredIndexes(old: Table, next: Table, { flavor }: DefinitionContext): readonly string[] {
  return [...next.indexes, ...next.uniques]
    .filter(({ name }) => isOther('unused_index', name, old, next))
    .map(({ name }) => {
      const isUnused = next.options?.[memberOption('unused_index', name)] === true;
      return `alter index ${mysqlText.name(name)} ${isUnused ? flavor.unusedIndex : usedWord[flavor.unusedIndex]}`;
    });
}

const usedWord = { invisible: 'visible', ignored: 'not ignored' } as const;

function isOther(option: Parameters<typeof memberOption>[0], member: string, old: Table, next: Table): boolean {
  const key = memberOption(option, member);
  return old.options?.[key] !== next.options?.[key];
}
