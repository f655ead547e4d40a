import type { Dialect } from '../dialect/dialect.ts';
import { planTable, type Field, type TablePlan } from '../repository/table-plan.ts';
import type { SchemaModule } from '../schema/schema.ts';
import { isTable } from '../schema/table/table.ts';

/** A column that a query gives. Without a field nobody knows its type. */
export interface OutputColumn {
  readonly name: string;
  readonly field: Field | undefined;
}

/** What a table or a query gives, in order. Not complete: there is more, and nobody knows where it stands. */
export interface Output {
  readonly columns: readonly OutputColumn[];
  readonly complete: boolean;
}

/** A table of the schema. */
export interface KnownTable extends Output {
  readonly plan: TablePlan;
}

/** Tables by their name in SQL, with their namespace where they have one. */
export type KnownTables = ReadonlyMap<string, KnownTable>;

const tablesByDialect = new WeakMap<Dialect, WeakMap<SchemaModule, KnownTables>>();

/** The tables of a schema. */
export function knownTables(schema: SchemaModule, dialect: Dialect): KnownTables {
  let bySchema = tablesByDialect.get(dialect);
  if (bySchema === undefined) tablesByDialect.set(dialect, (bySchema = new WeakMap()));
  let tables = bySchema.get(schema);
  if (tables === undefined) bySchema.set(schema, (tables = readTables(schema, dialect)));
  return tables;
}

function readTables(schema: SchemaModule, dialect: Dialect): KnownTables {
  const plans = Object.values(schema)
    .filter(isTable)
    .map((table) => planTable(table, dialect));
  return new Map(
    plans.map((plan) => {
      const { label, definition, fields } = plan;
      const columns = definition.columns.map(({ columnName }, position) => ({
        name: columnName,
        field: fields[position],
      }));
      return [label, { columns, complete: true, plan }];
    }),
  );
}
