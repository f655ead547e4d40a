import { displayName } from '../../catalog/model/object-name.ts';
import type { Dialect } from '../../dialect/dialect.ts';
import { planTable, type Field, type TablePlan } from '../../repository/table-plan.ts';
import type { SchemaModule } from '../../schema/schema.ts';
import { definition, isTable, type AnyTable } from '../../schema/table/table.ts';
import { seedInvalid, type Place } from '../seed-error.ts';

/** The tables of a schema as seeds name them, on one engine. */
export class SeedSchema {
  readonly tables: readonly AnyTable[];
  private readonly dialect: Dialect;
  private readonly plans = new Map<AnyTable, TablePlan>();

  constructor(schema: SchemaModule, dialect: Dialect) {
    this.tables = [...new Set(Object.values(schema).filter(isTable))];
    this.dialect = dialect;
  }

  plan(table: AnyTable): TablePlan {
    const known = this.plans.get(table);
    if (known !== undefined) return known;
    const plan = planTable(table, this.dialect);
    this.plans.set(table, plan);
    return plan;
  }

  /** By the table's name, with its namespace if it has one; or the table itself. */
  table(named: unknown, place: Place): AnyTable {
    if (isTable(named)) return named;
    const found = this.tables.find((table) => displayName(table[definition]) === named);
    if (found !== undefined) return found;
    throw seedInvalid(place, `the schema has no table ${String(named)}`, {
      hint: `its tables are ${this.tables.map((table) => displayName(table[definition])).join(', ')}`,
    });
  }

  /** By property or by column name. */
  field(plan: TablePlan, name: string, place: Place): Field {
    const key = plan.definition.columns.find((column) => column.columnName === name)?.key ?? '';
    const field = plan.fieldOf.get(name) ?? plan.fieldOf.get(key);
    if (field !== undefined) return field;
    throw seedInvalid(place, `${plan.label} has no column ${name}`, {
      hint: `its columns are ${plan.fields.map((known) => known.key).join(', ')}`,
    });
  }
}
