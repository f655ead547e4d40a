import type { ColumnType } from '../../catalog/model/column-type.ts';
import { sameName } from '../../catalog/model/object-name.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { Field, TablePlan } from '../../repository/table-plan.ts';
import { encodeValue } from '../../repository/write/encode-value.ts';
import { seedInvalid, type Place } from '../seed-error.ts';
import type { SourceCell, SourceValue } from '../source/seed-source.ts';
import { cellValue } from './cell-value.ts';
import type { CheckedReference } from './checked-seed.ts';
import type { SeedSchema } from './seed-schema.ts';

type Reference = Extract<SourceValue, { kind: 'reference' }>;

/** The reference that a cell holds: in JSON `{ "$ref": "auth_user", "email": "…" }`, except where the column is JSON itself. */
export function referenceOf(value: SourceValue, type: ColumnType): Reference | undefined {
  if (value.kind === 'reference') return value;
  if (value.kind !== 'json' || value.node.kind !== 'object' || type.kind === 'json') return undefined;
  const marker = value.node.members.find(({ name }) => name === '$ref');
  if (marker?.value.kind !== 'string') return undefined;
  const match = value.node.members
    .filter((member) => member !== marker)
    .map(({ name, position, value: node }): SourceCell => ({ name, position, value: { kind: 'json', node } }));
  return { kind: 'reference', table: marker.value.value, match };
}

export interface ReferenceContext {
  readonly field: Field;
  readonly place: Place;
  readonly plan: TablePlan;
  readonly schema: SeedSchema;
}

/** Checks that the row to refer to can be found by these columns, and which of its columns is meant. */
export function checkReference({ table: named, match }: Reference, context: ReferenceContext): CheckedReference {
  const { field, place, schema } = context;
  const table = schema.table(named, place);
  const other = schema.plan(table);
  if (match.length === 0) throw seedInvalid(place, `the reference does not say which row of ${other.label}`);
  const matched = match.map((cell) => matchValue(cell, other, context));
  return { property: field.key, place, table, target: targetOf(other, context), match: Object.fromEntries(matched) };
}

function matchValue(
  cell: SourceCell,
  other: TablePlan,
  { place, schema }: ReferenceContext,
): readonly [string, unknown] {
  const at = { ...place, position: cell.position ?? place.position };
  const field = schema.field(other, cell.name, at);
  try {
    const value = cellValue(cell.value, field.type);
    encodeValue(field, value, other);
    return [field.key, value];
  } catch (cause) {
    if (!(cause instanceof RowhouseError)) throw cause;
    throw seedInvalid(at, cause.message, { cause });
  }
}

/** What the foreign key of the column refers to; without one, the other table's primary key. */
function targetOf(other: TablePlan, { field, place, plan }: ReferenceContext): string {
  const column = plan.definition.columns[field.position]?.columnName ?? '';
  const [referenced] = plan.definition.catalogTable.foreignKeys.flatMap(({ columns, references }) =>
    sameName(references, other.definition) ? (references.columns[columns.indexOf(column)] ?? []) : [],
  );
  const [only, second] = other.primaryKey;
  const key = other.definition.columns.find(({ columnName }) => columnName === referenced)?.key ?? only?.key;
  if (key !== undefined && (referenced !== undefined || second === undefined)) return key;
  throw seedInvalid(
    place,
    `${plan.label}.${field.key} has no foreign key to ${other.label}, which has no single primary key`,
  );
}
