import type { Assigned, LintAction } from '../../../dialect/lint/action.ts';
import { onAction } from '../../../dialect/lint/each.ts';
import type { LintRule } from '../../../dialect/lint/rule.ts';

/** Every row is written in one statement. */
export const updateWithoutWhere: LintRule = {
  code: 'update-without-where',
  severity: 'error',
  sparesNewTables: true,
  title: 'every row of a table is updated at once',
  why: 'Each row stays locked until the transaction ends, the log grows by the whole table, and a failure near the end undoes all of it.',
  hint: 'update in batches by the key, each in a transaction of its own',
  bad: 'update invoice set state = 1;',
  good: 'update invoice set state = 1 where id between 1 and 1000;',
  judge: onAction(['update'], ({ table, hasWhere }) =>
    hasWhere ? undefined : `every row of ${table.name} is updated in one statement`,
  ),
};

/** Every row is deleted in one statement. */
export const deleteWithoutWhere: LintRule = {
  code: 'delete-without-where',
  severity: 'error',
  sparesNewTables: true,
  title: 'every row of a table is deleted',
  why: 'All rows are gone, and until the transaction ends each of them is locked.',
  hint: 'say which rows are meant, and delete them in batches',
  bad: 'delete from invoice;',
  good: 'delete from invoice where id between 1 and 1000;',
  judge: onAction(['delete'], ({ table, hasWhere }) =>
    hasWhere ? undefined : `every row of ${table.name} is deleted`,
  ),
};

/** Rows are written while a strong lock is held. */
export const rowsBesideDefinitions: LintRule = {
  code: 'rows-beside-definitions',
  severity: 'warning',
  title: 'rows are changed in the transaction that changes definitions',
  why: 'The locks of a changed definition keep everybody waiting until the transaction ends; the rows that are written meanwhile decide how long that is.',
  hint: 'change the definition in one transaction and the rows in the next ones, in batches',
  bad: 'begin;\nalter table invoice add column state int;\nupdate invoice set state = 1 where id < 1000;\ncommit;',
  good: 'begin;\nalter table invoice add column state int;\ncommit;\nupdate invoice set state = 1 where id < 1000;',
  judge: onAction(['update', 'delete'], ({ table }, context) =>
    context.transaction !== undefined && context.strongLocks().length > 0 && !context.isNew(table)
      ? `rows of ${table.name} are changed while ${context.strongLocks().join(', ')} is locked`
      : undefined,
  ),
};

/** A name is given or written twice. */
export const duplicateColumn: LintRule = {
  code: 'duplicate-column',
  severity: 'error',
  title: 'a column is named twice',
  why: 'The server refuses the statement, or takes one of the two values without saying which.',
  hint: 'name each column once',
  bad: 'update invoice set state = 1, state = 2 where id = 1;',
  good: 'update invoice set state = 2 where id = 1;',
  judge: ({ action }) => {
    const named = namedColumns(action);
    return named
      .filter((column) => named.some((other) => other !== column && overlap(column.name, other.name)))
      .map(({ name, at }) => ({ message: `column ${name} is named more than once`, at }));
  },
};

function namedColumns(action: LintAction): readonly Assigned[] {
  if (action.kind === 'create-table') return action.columns;
  return 'assigned' in action ? action.assigned : [];
}

/** A column and a field of it are the same column. */
function overlap(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}.`) || other.startsWith(`${one}.`);
}
