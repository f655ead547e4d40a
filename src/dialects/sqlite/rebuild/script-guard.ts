import type { CopiedRows } from '../../../dialect/definition.ts';
import type { RebuildGuard } from '../../../dialect/session-statements.ts';
import { sqliteText } from '../text.ts';
import { danglingReferences } from './dangling-references.ts';

/**
 * `sqlite3` goes on after an error unless it is told to stop, and would drop a table whose rows were not copied. So a
 * script counts what it copies, and its last statement before the commit breaks a check that rolls back.
 */
export const scriptGuard: RebuildGuard = {
  begin: [
    'create temp table rowhouse_copies (is_whole integer)',
    'create temp table rowhouse_guard (is_right integer constraint rows_and_references_are_kept check (is_right))',
  ],
  copied: ({ from, to, mayLeaveOut }) =>
    `insert into temp.rowhouse_copies select (select count(*) from ${to}) ${mayLeaveOut === true ? '<=' : '='} (select count(*) from ${from})`,
  end: (copies) => [
    `insert or rollback into temp.rowhouse_guard select ${isRight(copies)}`,
    'drop table temp.rowhouse_copies',
    'drop table temp.rowhouse_guard',
  ],
};

function isRight(copies: readonly CopiedRows[]): string {
  const names = copies.map(({ to }) => sqliteText.literal(to.slice(1, -1).replaceAll('""', '"')));
  const areWhole = `(select count(*) from temp.rowhouse_copies where is_whole) = ${copies.length}`;
  const haveTheirNames = `not exists (select 1 from main.sqlite_schema where name in (${names.join(', ')}))`;
  return [areWhole, haveTheirNames, `not exists (${danglingReferences})`].join('\n  and ');
}
