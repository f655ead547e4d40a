import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import { planStructure } from '../../../../dialect/structure/plan-structure.ts';
import { copyRows, proveCopy } from '../../online/copy-rows.ts';
import { keepCopyInStep } from '../../online/copy-triggers.ts';
import { lockGently } from '../../online/lock-gently.ts';
import { begins, joins, scans, together } from '../../online/step.ts';
import { qualified } from '../../text.ts';
import { withFacts } from '../with-facts.ts';
import { changePlaces } from './change-places.ts';
import { copyOf, type MadeCopy, type TableCopy } from './made-copy.ts';
import { referredTables } from './references.ts';

/**
 * A table gets another shape by a copy: it is made empty, triggers keep it in step, rows are copied batch by batch, and in
 * one short transaction it gets the table's name and everything that hangs on the table.
 */
export function copyTable(copying: TableCopy): readonly DefinitionStatement[] {
  const copy = copyOf(copying);
  const { text } = copy;
  return [
    ...makeCopy(copy),
    ...together([lockGently([text.table], 'share row exclusive'), ...keepCopyInStep(text)]),
    copyRows(text),
    scans(`analyze ${qualified(text.copy)}`),
    proveCopy(text),
    ...changePlaces(copy),
  ];
}

/**
 * Foreign keys make the tables they refer to wait for whoever writes to them, so those are asked first. Default privileges
 * may give others rights on the copy, so it shows its rows to nobody but its owner.
 */
export function makeCopy({ before, made, rules, text }: MadeCopy): readonly DefinitionStatement[] {
  const statements = [
    ...planStructure(before, withFacts(before, made.facts), rules, 'plain').map(({ sql }) => sql),
    `alter table ${qualified(text.copy)} enable row level security`,
  ];
  const targets = referredTables(made.facts, before);
  const [first = '', ...rest] =
    targets.length === 0 ? statements : [lockGently(targets, 'share row exclusive'), ...statements];
  const note = `${text.table.name} gets a copy that is kept in step and takes its place; the disk holds it twice until then`;
  return [begins(first, { note }), ...rest.map((sql) => joins(sql))];
}
