import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { Field, TablePlan } from '../../repository/table-plan.ts';
import { encodeValue } from '../../repository/write/encode-value.ts';
import { placeText, seedInvalid, type Place } from '../seed-error.ts';
import type { RowsSource, SourceCell, SourceRow } from '../source/seed-source.ts';
import type { CheckedReference, CheckedRow, CheckedRows } from './checked-seed.ts';
import { checkReference, referenceOf } from './check-reference.ts';
import { cellValue } from './cell-value.ts';
import { naturalKey } from './natural-key.ts';
import type { SeedSchema } from './seed-schema.ts';

/** Holds the rows of a seed against the schema; `SEED_INVALID` names file, line and column of what does not fit. */
export function checkRows(source: RowsSource, schema: SeedSchema): CheckedRows {
  const { file } = source;
  const table = schema.table(source.table, { file, position: source.tablePosition });
  const plan = schema.plan(table);
  const key = naturalKey(source, plan, schema);
  const rows = source.rows.map((row) => checkRow(row, { file, plan, schema }));
  refuseDuplicates(rows, key, plan);
  return { file, table, plan, key, rows: rows.map((row) => withKey(row, key, plan)) };
}

interface RowContext {
  readonly file: string;
  readonly plan: TablePlan;
  readonly schema: SeedSchema;
}

function checkRow(row: SourceRow, context: RowContext): CheckedRow {
  const { file, plan, schema } = context;
  const values: Record<string, unknown> = {};
  const references: CheckedReference[] = [];
  const given = new Set<string>();
  for (const cell of row.cells) {
    const place = { file, position: cell.position };
    const field = writableField(cell, place, context);
    if (given.has(field.key)) throw seedInvalid(place, `${plan.label}.${field.key} is given twice in one row`);
    given.add(field.key);
    const reference = referenceOf(cell.value, field.type);
    if (reference === undefined) values[field.key] = checkValue(cell, field, place, plan);
    else references.push(checkReference(reference, { field, place, plan, schema }));
  }
  const place = { file, position: row.position };
  refuseGaps(given, place, plan);
  return { place, values, references };
}

function writableField(cell: SourceCell, place: Place, { plan, schema }: RowContext): Field {
  const field = schema.field(plan, cell.name, place);
  if (field.generated) throw seedInvalid(place, `${plan.label}.${field.key} is made by the database`);
  return field;
}

function checkValue(cell: SourceCell, field: Field, place: Place, plan: TablePlan): unknown {
  try {
    const value = cellValue(cell.value, field.type);
    encodeValue(field, value, plan);
    return value;
  } catch (cause) {
    if (!(cause instanceof RowhouseError)) throw cause;
    const label = `${plan.label}.${field.key}`;
    const reason = cause.message.startsWith(label) ? cause.message : `${label}: ${cause.message}`;
    throw seedInvalid(place, reason, { details: { field: field.key }, hint: cause.hint, cause });
  }
}

/** An insert needs every column that has no value of its own, even where the row turns out to be there already. */
function refuseGaps(given: ReadonlySet<string>, place: Place, plan: TablePlan): void {
  const missing = plan.fields.find((field) => {
    const column = plan.definition.columns[field.position]?.builder.definition;
    const fillsItself =
      column?.literalDefault !== undefined || column?.nowDefault === true || column?.expressionDefault !== undefined;
    const isMade = field.makeDefault !== undefined || field.generated || column?.identity !== undefined;
    return !given.has(field.key) && !field.nullable && !fillsItself && !isMade;
  });
  if (missing !== undefined) throw seedInvalid(place, `${plan.label}.${missing.key} is missing: it has no default`);
}

function withKey(row: CheckedRow, key: readonly string[], plan: TablePlan): CheckedRow {
  const gap = key.find(
    (name) => (row.values[name] ?? null) === null && row.references.every((one) => one.property !== name),
  );
  if (gap === undefined) return row;
  throw seedInvalid(row.place, `${plan.label}.${gap} is part of the key and must be given`);
}

function refuseDuplicates(rows: readonly CheckedRow[], key: readonly string[], plan: TablePlan): void {
  const seen = new Map<string, CheckedRow>();
  for (const row of rows) {
    const identity = JSON.stringify(key.map((name) => keyPart(row, name, plan)));
    const other = seen.get(identity);
    if (other !== undefined)
      throw seedInvalid(row.place, `the same key (${key.join(', ')}) as the row at ${placeText(other.place)}`);
    seen.set(identity, row);
  }
}

/** What tells two keys apart: the wire form of a value, the match of a reference. */
function keyPart(row: CheckedRow, name: string, plan: TablePlan): unknown {
  const reference = row.references.find(({ property }) => property === name);
  if (reference !== undefined) return Object.entries(reference.match).map(([match, value]) => [match, String(value)]);
  const field = plan.fieldOf.get(name);
  const value = row.values[name] ?? null;
  return field === undefined || value === null ? null : String(encodeValue(field, value, plan));
}
