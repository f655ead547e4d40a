import type { Change } from '../../../src/catalog/change/change.ts';
import { textExpression } from '../../../src/catalog/model/expression.ts';
import type { LoadedRevision } from '../../../src/migration/revision/revision.ts';
import { rawSql, revision } from '../migration/history.ts';

const journal = { name: 'journal' };

const start = revision(
  'r1',
  [],
  [
    {
      kind: 'create-table',
      table: {
        ...journal,
        columns: [
          { name: 'id', type: { kind: 'integer' }, nullable: false },
          { name: 'page', type: { kind: 'integer' }, nullable: true },
          { name: 'note', type: { kind: 'varchar', length: 40 }, nullable: true },
        ],
        uniques: [],
        checks: [],
        foreignKeys: [],
        indexes: [],
        options: { partitionBy: 'range (id)' },
      },
    },
  ],
);

/** Four partitions: one with its columns in another order, one with partitions of its own, one of them in another namespace. */
const partitions = `
  create schema archive;
  create table journal_1 (note varchar(40), dropped int, page int, id int not null);
  alter table journal_1 drop column dropped;
  alter table journal attach partition journal_1 for values from (minvalue) to (8000);
  create table archive."Journal 2" partition of journal for values from (8000) to (16000);
  create table journal_3 partition of journal for values from (16000) to (24000) partition by range (id);
  create table journal_3a partition of journal_3 for values from (16000) to (20000);
  create table journal_3b partition of journal_3 for values from (20000) to (24000);
  create table journal_4 partition of journal default`;

const parts = revision('parts', ['r1'], [rawSql(partitions, 'drop table journal; drop schema archive')]);

/** So many, spread over all partitions. */
export function journals(count: number): string {
  return `insert into journal select i, i % 100, 'n' || i from (select n * ${28_000 / count} from generate_series(1, ${count}) n) j (i)`;
}

export const journalChanges: Readonly<Record<string, Change>> = {
  'an index': {
    kind: 'create-index',
    table: journal,
    index: { name: 'journal_page', keys: [{ column: 'page' }], unique: false, comment: 'for the reader' },
  },
  'an index of expressions': {
    kind: 'create-index',
    table: journal,
    index: {
      name: 'journal_lower',
      keys: [{ expression: textExpression('lower(note)') }, { expression: textExpression('page + 1'), order: 'desc' }],
      include: ['id'],
      where: textExpression(`page > 3`),
      unique: false,
    },
  },
  'a unique index': {
    kind: 'create-index',
    table: journal,
    index: { name: 'journal_unique', keys: [{ column: 'id' }, { column: 'page' }], unique: true },
  },
  'a unique index of an expression': {
    kind: 'create-index',
    table: journal,
    index: {
      name: 'journal_lower_unique',
      keys: [{ column: 'id' }, { expression: textExpression('lower(note)') }],
      unique: true,
    },
  },
  'a unique constraint': {
    kind: 'add-unique',
    table: journal,
    unique: {
      name: 'journal_uq',
      columns: ['page', 'id'],
      nullsNotDistinct: true,
      deferrable: 'deferred',
    },
  },
  'a primary key': {
    kind: 'set-primary-key',
    table: journal,
    primaryKey: { name: 'journal_pkey', columns: ['id'] },
  },
  'a primary key of what may be null': {
    kind: 'set-primary-key',
    table: journal,
    primaryKey: { columns: ['id', 'page'] },
  },
};

const others: Readonly<Record<string, Change>> = {
  'an index': {
    kind: 'alter-index',
    table: journal,
    index: { name: 'journal_page', keys: [{ column: 'page' }], where: textExpression('page > 3'), unique: false },
  },
  'a unique constraint': {
    kind: 'alter-unique',
    table: journal,
    unique: { name: 'journal_uq', columns: ['page', 'id'] },
  },
};

const byNote: Change = {
  kind: 'create-index',
  table: journal,
  index: { name: 'journal_note', keys: [{ column: 'note' }], unique: false },
};

/** The table, one of the changes, and another definition of the same. */
export function journalHistory(title: string, isAltered = false): readonly LoadedRevision[] {
  const [change, other] = [journalChanges[title], others[title]];
  return [
    start,
    parts,
    ...(change === undefined ? [] : [revision('r2', ['parts'], [change])]),
    ...(isAltered && other !== undefined ? [revision('r3', ['r2'], [other, byNote])] : []),
  ];
}
