import type { Dialect } from '../../dialect/dialect.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { Columns } from '../../schema/infer/row-types.ts';
import { table as defineTable, definition, type AnyTable } from '../../schema/table/table.ts';
import { jsonPointer } from '../../util/json-pointer.ts';
import { planTable, type Field, type TablePlan } from '../table-plan.ts';
import { encodeValue } from '../write/encode-value.ts';
import { issuePath, type StandardSchema } from './standard-schema.ts';

type Values = Readonly<Record<string, unknown>>;

/** One thing wrong with what was given: where, as a JSON pointer, and what. Never the value itself. */
export interface InputFault {
  readonly pointer: string;
  readonly detail: string;
}

export interface CheckedTable {
  readonly table: AnyTable;
  readonly takes: Columns;
  readonly makes: readonly string[];
}

/** Checks what is given to a service on one engine, and finds every fault rather than the first. */
export class InputCheck {
  private readonly plan: TablePlan;
  private readonly taken: ReadonlyMap<string, Field>;
  private readonly takenPlan: TablePlan;
  private readonly makes: ReadonlySet<string>;

  constructor({ table, takes, makes }: CheckedTable, dialect: Dialect) {
    this.plan = planTable(table, dialect);
    this.takenPlan = planTable(defineTable(table[definition].name, takes), dialect);
    this.taken = this.takenPlan.fieldOf;
    this.makes = new Set(makes);
  }

  get label(): string {
    return this.plan.label;
  }

  /** What a caller gives to insert: its columns, and what the service takes beside them. */
  input(given: Values, at: readonly string[] = []): InputFault[] {
    const missing = [...this.missing(this.plan, given, this.makes), ...this.missing(this.takenPlan, given, new Set())];
    return [
      ...missing.map((key) => fault([...at, key], 'is required')),
      ...this.members(given, at, (key) => (this.makes.has(key) ? 'is made by the service' : undefined)),
    ];
  }

  /** What a caller gives to update. */
  change(given: Values, ignoresImmutable: boolean): InputFault[] {
    return this.members(given, [], (key, field) => {
      if (this.makes.has(key)) return 'is made by the service';
      if (given[key] === undefined) return 'is undefined: leave it out to leave the column alone';
      return field.immutable && !ignoresImmutable ? 'cannot change after the insert' : undefined;
    });
  }

  /** What hooks have made of an input: it must be what the table takes. */
  values(given: Values, at: readonly string[] = []): InputFault[] {
    const missing = this.missing(this.plan, given, new Set()).map((key) => fault([...at, key], 'is required'));
    const left = Object.keys(given).filter((key) => this.taken.has(key));
    return [
      ...missing,
      ...left.map((key) => fault([...at, key], 'is no column: a hook must drop it')),
      ...this.members(given, at, () => undefined),
    ];
  }

  private members(
    given: Values,
    at: readonly string[],
    refuse: (key: string, field: Field) => string | undefined,
  ): InputFault[] {
    return Object.entries(given).flatMap(([key, value]) => {
      const plan = this.taken.has(key) ? this.takenPlan : this.plan;
      const field = plan.fieldOf.get(key);
      const detail =
        field === undefined
          ? `is not a property of ${plan.label}`
          : (refuse(key, field) ?? (value === undefined ? undefined : fieldFault(field, value, plan)));
      return detail === undefined ? [] : [fault([...at, key], detail)];
    });
  }

  private missing({ definition: { columns } }: TablePlan, given: Values, made: ReadonlySet<string>): string[] {
    return columns
      .filter(({ key, builder }) => given[key] === undefined && !made.has(key) && isRequired(builder.definition))
      .map(({ key }) => key);
  }
}

/** What the user's own schema makes of the values, and its complaints. What it leaves out stays as it was given. */
export async function checkBySchema<T>(
  given: T,
  schema: StandardSchema<unknown> | undefined,
  at: readonly string[] = [],
): Promise<{ readonly values: T; readonly faults: readonly InputFault[] }> {
  if (schema === undefined) return { values: given, faults: [] };
  const result = await schema['~standard'].validate(given);
  if (result.issues !== undefined) {
    const faults = result.issues.map((issue) => fault([...at, ...issuePath(issue)], issue.message));
    return { values: given, faults };
  }
  const made = Object.entries(result.value as object).filter(([, value]) => value !== undefined);
  return { values: { ...given, ...Object.fromEntries(made) }, faults: [] };
}

/** Throws everything that is wrong at once. */
export function refuseFaults(faults: readonly InputFault[], table: string): void {
  if (faults.length === 0) return;
  const message =
    faults.length === 1 ? '1 value is not as it must be' : `${faults.length} values are not as they must be`;
  throw new RowhouseError('VALUE_INVALID', message, {
    details: { table, faults },
    hint: 'details.faults says where and what',
  });
}

function fault(path: readonly string[], detail: string): InputFault {
  return { pointer: jsonPointer(path), detail };
}

function fieldFault(field: Field, value: unknown, plan: TablePlan): string | undefined {
  if (field.generated) return 'is made by the database';
  try {
    encodeValue(field, value, plan);
    return undefined;
  } catch (error) {
    if (RowhouseError.has(error, 'NOT_NULL_VIOLATION')) return 'cannot be null';
    if (!RowhouseError.has(error, 'VALUE_INVALID')) throw error;
    const { expected } = error.details;
    return typeof expected === 'string' ? `must be ${expected}` : 'does not fit';
  }
}

/** A column that an insert must give. The tenant of a row is the session's to say. */
function isRequired(column: TablePlan['definition']['columns'][number]['builder']['definition']): boolean {
  return (
    !column.nullable &&
    column.role === undefined &&
    column.generated === undefined &&
    column.identity === undefined &&
    column.literalDefault === undefined &&
    column.nowDefault === undefined &&
    column.expressionDefault === undefined &&
    column.codeDefault === undefined
  );
}
