import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { Where } from '../../repository/filter/where.ts';
import { definition, type AnyTable, type TableDefinition, type TableOf } from '../../schema/table/table.ts';
import { refuseUnknownOption } from '../../util/refuse-unknown-option.ts';
import { optionNames } from '../../util/unknown-option.ts';
import { parseAge, type Age } from '../age.ts';
import { momentValue } from '../moment-value.ts';

/** How long the rows of a table are kept. */
export interface RetentionOptions<Row> {
  /** The property since whose moment a row ages: a `timestamptz`, `timestamp` or `date`. Goes with `olderThan`. */
  readonly by?: Extract<keyof Row, string> | undefined;
  /** Rows older than that are deleted: softly where the table does that. */
  readonly olderThan?: Age | undefined;
  /** Deletes them for good at once, on a table that deletes softly too. */
  readonly hard?: boolean | undefined;
  /** Soft-deleted rows are deleted for good that long after their deletion, whoever deleted them. */
  readonly purgeAfter?: Age | undefined;
  /** Only these rows. */
  readonly where?: Where<Row> | undefined;
  /** Rows of one transaction; 500 when nothing is said. */
  readonly batchRows?: number | undefined;
}

const known = optionNames<RetentionOptions<Record<string, unknown>>>({
  by: true,
  olderThan: true,
  hard: true,
  purgeAfter: true,
  where: true,
  batchRows: true,
});

/** How long the rows of a table are kept, checked. */
export interface RetentionPolicy {
  readonly table: AnyTable;
  readonly by: string | undefined;
  readonly olderThan: Age | undefined;
  readonly hard: boolean;
  readonly purgeAfter: Age | undefined;
  readonly where: Readonly<Record<string, unknown>>;
  readonly batchRows: number;
}

/**
 * Says how long the rows of a table are kept; `rowhouse retention` deletes those that are older. A table that others
 * refer to comes after them in the list.
 *
 * @example
 * ```ts
 * service({
 *   schema,
 *   migrations: './migrations',
 *   retention: [
 *     retention(schema.sessions, { by: 'lastSeenAt', olderThan: '30 days' }),
 *     retention(schema.orders, { by: 'createdAt', olderThan: '7 years', purgeAfter: '90 days' }),
 *   ],
 * });
 * ```
 */
export function retention<Row, Insert, Patch>(
  table: TableOf<Row, Insert, Patch>,
  options: RetentionOptions<Row>,
): RetentionPolicy {
  const { by, olderThan, hard = false, purgeAfter, where = {}, batchRows = 500 } = options;
  const described = table[definition];
  refuseUnknownOption(options, known, `retention of table ${described.name}`, 'CONFIG_INVALID');
  refuseContradictions(options, described);
  for (const age of [olderThan, purgeAfter]) if (age !== undefined) parseAge(age);
  if (by !== undefined) refuseOtherThanMoments(by, described);
  return { table, by, olderThan, hard, purgeAfter, where: where as RetentionPolicy['where'], batchRows };
}

function refuseContradictions(
  { by, olderThan, hard = false, purgeAfter, batchRows = 1 }: Omit<RetentionOptions<Record<string, unknown>>, 'where'>,
  table: TableDefinition,
): void {
  const isSoft = table.roles.deletedAt !== undefined;
  if ((by === undefined) !== (olderThan === undefined)) throw invalid(table, 'by and olderThan go together');
  if (olderThan === undefined && purgeAfter === undefined) throw invalid(table, 'nothing says how long rows are kept');
  if (purgeAfter !== undefined && !isSoft) throw invalid(table, 'purgeAfter is for a table that deletes softly');
  if (purgeAfter !== undefined && hard) throw invalid(table, 'a hard deletion leaves nothing to purge');
  if (!Number.isSafeInteger(batchRows) || batchRows < 1) throw invalid(table, 'batchRows is a whole number from 1');
  if (table.catalogTable.primaryKey === undefined) throw invalid(table, 'the table has no primary key');
}

function refuseOtherThanMoments(by: string, table: TableDefinition): void {
  const column = table.columns.find(({ key }) => key === by);
  if (column === undefined) throw invalid(table, `there is no property ${by}`);
  if (momentValue(new Date(0), column.builder.definition.type) === undefined)
    throw invalid(table, `${by} holds no moments to tell a row's age by`);
}

function invalid({ name }: TableDefinition, reason: string): RowhouseError {
  return new RowhouseError('CONFIG_INVALID', `retention of table ${name}: ${reason}`, { details: { table: name } });
}
