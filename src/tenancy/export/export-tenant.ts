import { displayName } from '../../catalog/model/object-name.ts';
import type { ScopedDatabase } from '../../database/tenant/scoped-database.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { createRepository } from '../../repository/create-repository.ts';
import type { Order } from '../../repository/repository.ts';
import { definition, isTable, type AnyTable, type TableOf } from '../../schema/table/table.ts';
import type { SchemaModule } from '../../schema/schema.ts';
import { exportValue } from './export-value.ts';

type Row = Readonly<Record<string, unknown>>;

export interface ExportOptions {
  readonly schema: SchemaModule;
  /** Names of tables in the database; every table of tenants when none is named. */
  readonly tables?: readonly string[] | undefined;
  /** Most rows of each table. */
  readonly limit?: number | undefined;
  /** A tenant has a place of its own, so every table there is the tenant's. */
  readonly wholePlace?: boolean | undefined;
}

/** One row of a tenant, its values as `exportValue` writes them. */
export interface ExportedRow {
  readonly table: string;
  readonly row: Row;
}

/**
 * The rows of a tenant, soft-deleted ones too, as they are at one moment: each table in the order of its primary key.
 *
 * @example
 * ```ts
 * for await (const { table, row } of exportTenant(database.forTenant(id), { schema })) {
 *   file.write(`${JSON.stringify({ table, row })}\n`);
 * }
 * ```
 */
export async function* exportTenant(database: ScopedDatabase, options: ExportOptions): AsyncGenerator<ExportedRow> {
  const tables = chosenTables(options);
  await using transaction = await database.begin({ isolation: 'repeatable-read', readOnly: true });
  for (const table of tables) {
    const { catalogTable, columns } = table[definition];
    const keys = columns.filter(({ columnName }) => catalogTable.primaryKey?.columns.includes(columnName));
    const order = keys.map(({ key }) => key) as unknown as Order<Row>;
    const repository = createRepository(table as TableOf<Row, Row, Row>, transaction);
    for await (const row of repository.stream({ withDeleted: true, order, limit: options.limit })) {
      const entries = columns.map(({ key, builder }) => [key, exportValue(row[key], builder.definition.type)]);
      yield { table: displayName(catalogTable), row: Object.fromEntries(entries) };
    }
  }
}

function chosenTables({ schema, tables: names = [], wholePlace = false }: ExportOptions): readonly AnyTable[] {
  const all = Object.values(schema).filter(isTable);
  const once = all.filter((table, place) => all.findIndex((one) => one[definition] === table[definition]) === place);
  const owned = once.filter((table) => wholePlace || table[definition].roles.tenant !== undefined);
  if (names.length === 0) return owned;
  return names.map((name) => {
    const found = owned.find((table) => displayName(table[definition]) === name);
    if (found !== undefined) return found;
    throw new RowhouseError('USAGE', `there is no table ${name} whose rows belong to tenants`, {
      details: { table: name },
      hint: `there are ${owned.map((table) => displayName(table[definition])).join(', ')}`,
    });
  });
}
