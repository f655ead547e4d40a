import { onAction, onClause } from '../../../dialect/lint/each.ts';
import type { LintRule } from '../../../dialect/lint/rule.ts';

/** A switch that does not move. */
export const foreignKeysInTransaction: LintRule = {
  code: 'foreign-keys-pragma-in-transaction',
  severity: 'error',
  title: 'PRAGMA foreign_keys stands in a transaction',
  why: 'Measured: in a transaction it does nothing and says nothing. A table that is then dropped deletes the rows of its children by ON DELETE CASCADE, and the commit succeeds.',
  hint: 'set it before BEGIN',
  bad: 'begin;\npragma foreign_keys = off;\ncommit;',
  good: 'pragma foreign_keys = off;\nbegin;\ncommit;',
  judge: onAction(['pragma'], ({ name, value }, { transaction }) =>
    name === 'foreign_keys' && value !== '' && transaction !== undefined
      ? 'the pragma does nothing in a transaction'
      : undefined,
  ),
};

/** Children that go with the old table. */
export const rebuildWithForeignKeysOn: LintRule = {
  code: 'rebuild-with-foreign-keys-on',
  severity: 'error',
  sparesPlanned: 'rebuilds',
  title: 'a table is rebuilt while foreign keys are on',
  why: 'Measured: DROP TABLE first deletes all rows, and ON DELETE CASCADE takes the rows of the children along; PRAGMA defer_foreign_keys does not help.',
  hint: 'PRAGMA foreign_keys = OFF before BEGIN, PRAGMA foreign_key_check before COMMIT',
  bad: 'create table invoice_new (id integer primary key);\ninsert into invoice_new select id from invoice;\ndrop table invoice;\nalter table invoice_new rename to invoice;',
  good: 'pragma foreign_keys = off;\ncreate table invoice_new (id integer primary key);\ninsert into invoice_new select id from invoice;\ndrop table invoice;\nalter table invoice_new rename to invoice;',
  judge: onClause(['rename-table'], ({ to, at }, _alter, context) =>
    context.wasDropped('table', { name: to, at }) && !isOff(context.setting('foreign_keys'))
      ? `rows that refer to ${to} may be gone with the old table`
      : undefined,
  ),
};

function isOff(value: string | undefined): boolean {
  return value !== undefined && /^(?:off|0|false|no)$/.test(value);
}

/** References that follow the wrong table. */
export const renameOldTableFirst: LintRule = {
  code: 'rename-old-table-first',
  severity: 'error',
  sparesPlanned: 'rebuilds',
  title: 'a table is renamed away and made anew under its name',
  why: 'The foreign keys of other tables follow the rename: they lead to the old table, and break when it is dropped.',
  hint: 'make the new table under another name, copy, drop the old one, then rename the new one',
  bad: 'alter table invoice rename to invoice_old;\ncreate table invoice (id integer primary key);',
  good: 'create table invoice_new (id integer primary key);\ndrop table invoice;\nalter table invoice_new rename to invoice;',
  judge: onAction(['create-table'], ({ table }, context) =>
    context.wasRenamedAway(table) ? `foreign keys to ${table.name} lead to the old table now` : undefined,
  ),
};

/** Settings that break files. */
export const dangerousPragma: LintRule = {
  code: 'dangerous-pragma',
  severity: 'error',
  title: 'a pragma puts the file at risk',
  why: 'writable_schema lets a typing error destroy the file; synchronous = off and journal_mode = off or memory lose it in a power cut.',
  hint: 'leave it as it is; WAL with synchronous = NORMAL is fast and safe',
  bad: 'pragma writable_schema = on;',
  good: 'pragma journal_mode = wal;',
  judge: onAction(['pragma'], ({ name, value }) =>
    /^(?:writable_schema (?:on|1|true|yes)|synchronous (?:off|0)|journal_mode (?:off|memory))$/.test(`${name} ${value}`)
      ? `${name} = ${value} puts the file at risk`
      : undefined,
  ),
};

/** A statement that needs the file for itself. */
export const vacuumInTransaction: LintRule = {
  code: 'vacuum-in-transaction',
  severity: 'error',
  title: 'VACUUM stands in a transaction',
  why: 'It is refused there; outside it writes the whole file anew, and nobody else writes meanwhile.',
  hint: 'run it by itself, in a quiet hour',
  bad: 'begin;\nvacuum;\ncommit;',
  good: 'vacuum;',
  judge: onAction(['vacuum'], (_action, { transaction }) =>
    transaction === undefined ? undefined : 'VACUUM is refused in a transaction',
  ),
};
