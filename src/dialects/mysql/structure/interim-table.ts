import { canonicalJson } from '../../../catalog/snapshot/canonical-json.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import { mysqlText } from '../text.ts';
import { withItsChecksum, withOneWordIndex, withoutOldParser } from './interim-options.ts';
import { namesIn } from './scan.ts';
import { isVirtual, sameName } from './table-changes.ts';
import type { ColumnShape, TableShape } from './table-shape.ts';

/** A state that a table passes through because the server has no direct way. */
export interface InterimTable {
  readonly table: TableShape;
  /** What is done while the table is in it. */
  readonly steps: readonly DefinitionStatement[];
  /** What a person should know before the table gets there. */
  readonly note?: string;
}

/** The first state between the two that is needed; nothing when one `alter table` does. */
export function interimTable(from: TableShape, to: TableShape): InterimTable | undefined {
  return (
    withoutOldParser(from, to) ??
    withOneWordIndex(from, to) ??
    withItsChecksum(from, to) ??
    withStoredValues(from, to) ??
    withTextBetween(from, to) ??
    withoutSpatialIndexes(from, to) ??
    withFilledColumns(from, to) ??
    withChangedDefaults(from, to)
  );
}

/**
 * A column that is worked out when it is read and shall hold values of its own is stored first: then it can be changed
 * where it stands and keeps them.
 */
function withStoredValues(from: TableShape, to: TableShape): InterimTable | undefined {
  const becomesPlain = (column: ColumnShape): boolean => {
    const after = find(to, column);
    return isVirtual(column) && after !== undefined && after.parts.generated === undefined;
  };
  if (!from.columns.some(becomesPlain)) return undefined;
  const columns = from.columns.map((column) => (becomesPlain(column) ? stored(column) : column));
  return { table: { ...from, columns }, steps: [] };
}

function stored(column: ColumnShape): ColumnShape {
  const generated = column.parts.generated?.replace(/ VIRTUAL$/, ' STORED') ?? '';
  return { ...column, parts: { ...column.parts, generated } };
}

/** Between a number or a moment, a shape, an address and a uuid there is no cast: the column is text for a moment. */
function withTextBetween(from: TableShape, to: TableShape): InterimTable | undefined {
  const parted = from.columns.filter((column) => {
    const after = find(to, column);
    return after !== undefined && hasNoCast(column.parts, after.parts);
  });
  if (parted.length === 0) return undefined;
  const columns = from.columns.map((column) => (parted.includes(column) ? asText(column, from) : column));
  const notes = parted.map(
    ({ name }) => `${name} is text for a moment: a value that cannot be read back stops the change`,
  );
  return { table: { ...from, columns }, steps: [], note: notes.join('; ') };
}

/** Types between which the servers find a way, by what they are to them; what is none of these is cast to and from any. */
const kindsWithoutCast: readonly (readonly [string, RegExp])[] = [
  [
    'number or moment',
    /^(?:(?:tiny|small|medium|big)?int|decimal|float|double|bit|date|datetime|time|timestamp|year)\b/,
  ],
  ['shape', /^(?:geometry|(?:multi)?(?:point|linestring|polygon)|geometrycollection)\b/],
  ['uuid', /^uuid\b/],
  ['inet4', /^inet4\b/],
  ['inet6', /^inet6\b/],
];

function hasNoCast(before: ColumnShape['parts'], after: ColumnShape['parts']): boolean {
  if (before.generated !== undefined || after.generated !== undefined) return false;
  const [one, other] = [before, after].map(
    ({ type = '' }) => kindsWithoutCast.find(([, test]) => test.test(type))?.[0],
  );
  return one !== undefined && other !== undefined && one !== other;
}

/** Long enough for any value of these types; what else the column says waits for its next type. */
function asText({ name, parts: { nullable } }: ColumnShape, table: TableShape): ColumnShape {
  return {
    name,
    parts: { type: 'varchar(64)', ...(nullable === undefined ? {} : { nullable }) },
    inherited: charsetOf(table),
  };
}

/** The reference system of a column changes only while no spatial index is over it. */
function withoutSpatialIndexes(from: TableShape, to: TableShape): InterimTable | undefined {
  const moved = from.columns.filter((column) => {
    const after = find(to, column);
    return after !== undefined && after.parts.srid !== column.parts.srid;
  });
  const isHeld = (columns: string): boolean => moved.some(({ name }) => namesIn(columns).has(name.toLowerCase()));
  const indexes = from.indexes.filter(({ method, columns }) => method !== 'SPATIAL KEY' || !isHeld(columns));
  return indexes.length === from.indexes.length ? undefined : { table: { ...from, indexes }, steps: [] };
}

/**
 * Rows that are there get the server's own empty value in a new column without null and default: 0, or no text. For
 * dates that would be the zero date, which no strict session takes: they get a default for a moment. A default that is
 * another for each row is written into the rows, since a server that keeps a log of statements does not work it out.
 */
function withFilledColumns(from: TableShape, to: TableShape): InterimTable | undefined {
  const added = to.columns.filter((column) => find(from, column) === undefined);
  const dates = added.filter(isBareDate);
  const computed = added.filter(({ parts }) => isOwnForEachRow.test(parts.default ?? ''));
  if (dates.length === 0 && computed.length === 0) return undefined;
  const columns = [
    ...from.columns,
    ...dates.map((column) => dated(column)),
    ...computed.map((column) => empty(column, from)),
  ];
  const notes = dates.map((column) => `rows that are there get ${momentOf(column)} in ${column.name}`);
  return {
    table: { ...from, columns },
    steps: computed.length === 0 ? [] : [fill(from, computed)],
    ...(notes.length === 0 ? {} : { note: notes.join('; ') }),
  };
}

/** Next to other clauses such a server takes no definition with a default like that: it goes first, alone. */
function withChangedDefaults(from: TableShape, to: TableShape): InterimTable | undefined {
  const columns = from.columns.map((column) => {
    const after = find(to, column);
    if (after === undefined || !isOwnForEachRow.test(after.parts.default ?? '')) return column;
    return { ...after, inherited: after.inherited === '' ? '' : charsetOf(from) };
  });
  const table = { ...from, columns };
  const isNoStep = [from, to].some((state) => canonicalJson(state) === canonicalJson(table));
  return isNoStep ? undefined : { table, steps: [] };
}

const isOwnForEachRow = /\b(?:uuid|uuid_short|sys_guid|rand|random_bytes|sysdate|connection_id|user|current_user)\(/i;

function isBareDate({ parts }: ColumnShape): boolean {
  const isBare = parts.nullable === 'NOT NULL' && parts.default === undefined && parts.generated === undefined;
  return isBare && /^(?:date|datetime|timestamp)\b/.test(parts.type ?? '');
}

function dated(column: ColumnShape): ColumnShape {
  return { ...column, parts: { ...column.parts, default: `DEFAULT '${momentOf(column)}'` } };
}

function momentOf({ parts }: ColumnShape): string {
  return parts.type === 'date' ? '1970-01-02' : '1970-01-02 00:00:00';
}

function empty(column: ColumnShape, table: TableShape): ColumnShape {
  const { default: _default, nullable: _nullable, ...parts } = column.parts;
  return { ...column, parts, inherited: column.inherited === '' ? '' : charsetOf(table) };
}

function charsetOf({ frame }: TableShape): string {
  return frame.options['CHARSET'] ?? '';
}

function fill({ name }: TableShape, columns: readonly ColumnShape[]): DefinitionStatement {
  const values = columns.map((column) => `${mysqlText.name(column.name)} = ${expressionOf(column)}`);
  return {
    sql: `update ${mysqlText.name(name)} set ${values.join(', ')}`,
    transactional: true,
    class: 'data',
    repeatable: true,
    note: `all rows of ${name} are written`,
  };
}

function expressionOf({ parts }: ColumnShape): string {
  return (parts.default ?? '').slice('DEFAULT '.length);
}

function find({ columns }: TableShape, { name }: ColumnShape): ColumnShape | undefined {
  return columns.find((column) => sameName(column.name, name));
}
