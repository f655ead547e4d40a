import { findTable } from '../../../catalog/model/catalog.ts';
import type { ColumnType } from '../../../catalog/model/column-type.ts';
import type { Column } from '../../../catalog/model/column.ts';
import { displayName } from '../../../catalog/model/object-name.ts';
import { findColumn, type Table } from '../../../catalog/model/table.ts';
import { canonicalJson } from '../../../catalog/snapshot/canonical-json.ts';
import { RowhouseError } from '../../../errors/rowhouse-error.ts';
import { tablePath } from '../table-path.ts';
import type { Between, Side } from '../translate/translation.ts';
import type { CopiedColumn, TableCopy } from './copy-plan.ts';

/** The source's table beside the target's: the one that is there, or `translated`, which will be made. */
export function pairTable(table: Table, translated: Table, between: Between, isOurs: boolean): TableCopy {
  const { source, target } = between;
  const standing = findTable(target.catalog, translated);
  if (standing !== undefined) refuseOtherColumns(table, standing);
  // A copy that was cut short may not have come to the foreign keys.
  const made =
    standing === undefined ? translated : isOurs ? { ...standing, foreignKeys: translated.foreignKeys } : standing;
  const written = made.columns.filter(({ generated }) => generated === undefined);
  const types = written.map((column) => columnTypes(table, column, translated, between, standing !== undefined));
  const side = (on: Side, pick: 'from' | 'to'): readonly CopiedColumn[] =>
    written.map(({ name }, place) => copiedColumn(name, types[place]?.[pick], on));
  return {
    name: displayName(table),
    table: made,
    exists: standing !== undefined,
    from: { table: tablePath(table, source.dialect), columns: side(source, 'from') },
    to: { table: tablePath(made, target.dialect), columns: side(target, 'to') },
    key: keyOf(table, written),
  };
}

interface ColumnTypes {
  readonly from: ColumnType;
  readonly to: ColumnType;
}

/**
 * The types under which a value is read and written. A standing column that the source could not have told from its own
 * is read as what it is on the target: a moment stays a moment.
 */
function columnTypes(
  table: Table,
  column: Column,
  translated: Table,
  { source, target }: Between,
  isStanding: boolean,
): ColumnTypes {
  const from = findColumn(table, column.name)?.type ?? column.type;
  const to = findColumn(translated, column.name)?.type ?? column.type;
  if (!isStanding || isAlike(target.dialect.types.canonical(to), column.type)) return { from, to };
  const seen =
    source.dialect.types.unsupported(column.type) === undefined && source.dialect.types.canonical(column.type);
  if (seen !== false && isAlike(seen, from)) return { from: column.type, to: column.type };
  throw new RowhouseError(
    'COPY_REFUSED',
    `column ${displayName(table)}.${column.name} has another type on the target`,
    {
      details: { table: displayName(table), column: column.name, source: from.kind, target: column.type.kind },
      hint: 'give the target column the same type, or drop the table there: the copy makes it',
    },
  );
}

/** Enums have names of their own on each side. */
function isAlike(a: ColumnType, b: ColumnType): boolean {
  return a.kind === 'enum' ? b.kind === 'enum' : canonicalJson(a) === canonicalJson(b);
}

function copiedColumn(label: string, type: ColumnType = { kind: 'text' }, { dialect, catalog }: Side): CopiedColumn {
  return { label, name: dialect.text.name(label), type, codec: dialect.types.codec(type, catalog) };
}

function refuseOtherColumns(table: Table, standing: Table): void {
  const missing = table.columns.filter(({ name }) => findColumn(standing, name) === undefined);
  const foreign = standing.columns.filter(
    ({ name, generated }) => generated === undefined && findColumn(table, name) === undefined,
  );
  if (missing.length === 0 && foreign.length === 0) return;
  throw new RowhouseError('COPY_REFUSED', `table ${displayName(standing)} of the target has other columns`, {
    details: {
      table: displayName(standing),
      missing: missing.map(({ name }) => name),
      foreign: foreign.map(({ name }) => name),
    },
    hint: 'make the columns equal, or drop the table on the target: the copy makes it',
  });
}

function keyOf({ primaryKey, columns }: Table, written: readonly Column[]): readonly number[] {
  const key = (primaryKey?.columns ?? []).map((name) => columns.find((column) => column.name === name));
  const isOrdered = key.every((column) => column !== undefined && !column.nullable && hasPlainOrder(column.type));
  const places = key.map((column) => written.findIndex(({ name }) => name === column?.name));
  return isOrdered && places.every((place) => place >= 0) ? places : [];
}

/** Can rows be read in the order of this type, and the reading be taken up again at a value? */
function hasPlainOrder({ kind }: ColumnType): boolean {
  switch (kind) {
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'decimal':
    case 'boolean':
    case 'text':
    case 'varchar':
    case 'char':
    case 'bytes':
    case 'uuid':
    case 'date':
    case 'time':
    case 'timestamp':
    case 'timestamptz':
      return true;
    case 'real':
    case 'double':
    case 'interval':
    case 'json':
    case 'enum':
    case 'array':
    case 'vector':
    case 'native':
      return false;
  }
}
