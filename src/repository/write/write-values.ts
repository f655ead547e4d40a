import type { Session } from '../../database/session.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { unknownField } from '../filter/filter-node.ts';
import type { Field, TablePlan } from '../table-plan.ts';
import { isSameWire, tenantOf } from '../tenant-of.ts';
import { encodeValue } from './encode-value.ts';

/** The columns that one write gives, in the table's order, and their values in wire form. */
export interface WriteValues {
  readonly fields: readonly Field[];
  readonly values: readonly unknown[];
}

const noFields: readonly Field[] = [];

/**
 * The values of an insert: what is given, what code makes, and the tenant of the session. Unknown and generated fields
 * and another tenant are refused. A row that gives the fields of `last`, the row before it, has that very list.
 */
export function insertValues(
  given: object,
  plan: TablePlan,
  session: Session,
  last: readonly Field[] = noFields,
): WriteValues {
  const tenant = tenantOf(plan, session);
  // What is given makes room for what is written, which is never more.
  const values = plan.readRow(given);
  let fields: Field[] | undefined;
  let length = 0;
  let known = 0;
  for (const field of plan.fields) {
    const value = values[field.position];
    if (value !== undefined || Object.hasOwn(given, field.key)) {
      known += 1;
      if (field.generated) throw generatedField(field, plan);
    }
    const written = writtenValue(value, field, tenant, plan);
    if (written === undefined) continue;
    if (fields === undefined && last[length] !== field) fields = last.slice(0, length);
    fields?.push(field);
    values[length++] = written;
  }
  if (known !== Object.keys(given).length) refuseUnknown(given, plan);
  // A copy, because V8 sees rows of a bulk insert wait together, and would put what the reader makes among what lives long:
  // then all rows of the set, and their texts, stay until the collector goes through everything.
  return { fields: fields ?? sharedFields(last, length), values: values.slice(0, length) };
}

/** The first so many fields: the list itself when it has no more. */
function sharedFields(last: readonly Field[], length: number): readonly Field[] {
  return length === last.length ? last : last.slice(0, length);
}

/** What an insert writes into a column, in wire form; undefined: nothing. */
function writtenValue(value: unknown, field: Field, tenant: unknown, plan: TablePlan): unknown {
  if (tenant !== undefined && field === plan.tenant) {
    refuseOtherTenant(value, tenant, field, plan);
    return tenant;
  }
  if (value !== undefined) return encodeValue(field, value, plan);
  return field.makeDefault === undefined ? undefined : encodeValue(field, field.makeDefault(), plan);
}

/**
 * The values of an update. `undefined` is refused: a key left out leaves the column alone, `null` writes null. A patch that
 * gives the fields of `last`, the patch before it, has that very list.
 */
export function patchValues(given: object, plan: TablePlan, last: readonly Field[] = noFields): WriteValues {
  let fields: Field[] | undefined;
  const values: unknown[] = [];
  for (const key of Object.keys(given)) {
    const value = (given as Readonly<Record<string, unknown>>)[key];
    const field = plan.fieldOf.get(key);
    if (field === undefined) throw unknownField(key, plan);
    if (field.generated) throw generatedField(field, plan);
    if (field.immutable) throw immutableField(field, plan);
    if (field === plan.version) throw countedField(field, plan);
    if (value === undefined) throw undefinedValue(field, plan);
    if (fields === undefined && last[values.length] !== field) fields = last.slice(0, values.length);
    fields?.push(field);
    values.push(encodeValue(field, value, plan));
  }
  return { fields: fields ?? sharedFields(last, values.length), values };
}

/** The same text for writes of the same columns. */
export function shapeOf(fields: readonly Field[]): string {
  let shape = '';
  for (const { position } of fields) shape += `${position},`;
  return shape;
}

/** Data never says whose it is: that is up to the session. */
function refuseOtherTenant(value: unknown, tenant: unknown, field: Field, plan: TablePlan): void {
  if (value === undefined) return;
  if (value !== null && isSameWire(encodeValue(field, value, plan), tenant)) return;
  throw new RowhouseError('TENANT_MISMATCH', `${plan.label}.${field.key} names another tenant than the session's`, {
    details: { table: plan.label, field: field.key },
    hint: 'leave the field out: the session says whose row it is',
  });
}

function refuseUnknown(record: object, plan: TablePlan): void {
  const unknown = Object.keys(record).find((key) => !plan.fieldOf.has(key));
  if (unknown !== undefined) throw unknownField(unknown, plan);
}

function generatedField(field: Field, plan: TablePlan): RowhouseError {
  return new RowhouseError(
    'FIELD_IMMUTABLE',
    `${plan.label}.${field.key} is made by the database and cannot be written`,
    {
      details: { table: plan.label, field: field.key },
    },
  );
}

function immutableField(field: Field, plan: TablePlan): RowhouseError {
  return new RowhouseError('FIELD_IMMUTABLE', `${plan.label}.${field.key} cannot change after the insert`, {
    details: { table: plan.label, field: field.key },
    hint: 'leave the field out, or make the repository with { immutable: "ignore" }',
  });
}

function countedField(field: Field, plan: TablePlan): RowhouseError {
  return new RowhouseError('FIELD_IMMUTABLE', `${plan.label}.${field.key} is counted and cannot be written`, {
    details: { table: plan.label, field: field.key },
    hint: 'say in the filter which version is meant',
  });
}

function undefinedValue(field: Field, plan: TablePlan): RowhouseError {
  return new RowhouseError('VALUE_INVALID', `${plan.label}.${field.key} is undefined`, {
    details: { table: plan.label, field: field.key },
    hint: 'leave the key out to leave the column alone, or give null to write null',
  });
}
