import type { ColumnBuilder } from '../../schema/column/column-builder.ts';
import { integer, text, timestamptz } from '../../schema/column/types.ts';
import { index } from '../../schema/table/members.ts';
import { definition, table, type AnyTable, type Table, type TableDefinition } from '../../schema/table/table.ts';

/** Where responses to requests with an `Idempotency-Key` are kept. */
export type IdempotencyTable = Table<{
  readonly id: ColumnBuilder<string, 'required', false>;
  readonly fingerprint: ColumnBuilder<string>;
  readonly status: ColumnBuilder<number | null, 'optional'>;
  readonly headers: ColumnBuilder<string | null, 'optional'>;
  readonly body: ColumnBuilder<string | null, 'optional'>;
  readonly expiresAt: ColumnBuilder<Date>;
}>;

/**
 * The table for requests with an `Idempotency-Key`: part of the schema like any other, so that migrations make it. Rows
 * past `expiresAt` mean nothing any more, and go as requests come.
 *
 * @example
 * ```ts
 * export const idempotencyKeys = idempotencyTable();
 * ```
 */
export function idempotencyTable(name = 'idempotency_key'): IdempotencyTable {
  const made = table(
    name,
    {
      id: text({ max: 64 }).primaryKey(),
      fingerprint: text({ max: 64 }),
      status: integer().null(),
      headers: text().null(),
      body: text().null(),
      expiresAt: timestamptz(),
    },
    (t) => [index(t.expiresAt)],
  );
  tables.add(made[definition]);
  return made;
}

const tables = new WeakSet<TableDefinition>();

/** Does the table keep what others were answered? Nobody is to be shown its rows. */
export function isIdempotencyTable(table: AnyTable): boolean {
  return tables.has(table[definition]);
}
