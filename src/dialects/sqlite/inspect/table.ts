import type { EnumType } from '../../../catalog/model/enum-type.ts';
import type { Table } from '../../../catalog/model/table.ts';
import { buildColumn, declaredAs } from './column.ts';
import { buildConstraints, type Names } from './constraints.ts';
import { enumValues } from './enum.ts';
import { buildIndex } from './index-definition.ts';
import type { ParsedConstraint } from './parse-constraint.ts';
import type { ParsedColumn, ParsedTable } from './parse-table.ts';
import type { ColumnRow, SchemaRow, TableFacts } from './read-rows.ts';
import { uniqueName } from './unique-name.ts';

/** Everything that was read about one table. */
export interface TableParts {
  readonly row: SchemaRow;
  readonly facts: TableFacts;
  readonly columns: readonly ColumnRow[];
  readonly parsed: ParsedTable;
  readonly indexes: readonly SchemaRow[];
}

/** The table and the enums that its columns stand for; `taken` are the names of enums so far. */
export function buildTable(
  parts: TableParts,
  names: Names,
  taken: Set<string>,
): { table: Table; enums: readonly EnumType[] } {
  const { row, columns, parsed, indexes } = parts;
  const folded = foldEnums(parts, taken);
  const constraints = buildConstraints(
    row.name,
    parsed.constraints.filter((constraint) => !folded.some((found) => found.constraint === constraint)),
    names,
  );
  const rowNumber = rowNumberColumn(parts);
  const options = { ...tableOptions(parts, rowNumber), ...constraints.options };
  const table: Table = {
    name: row.name,
    columns: columns.map((column) =>
      buildColumn(column, parsedColumn(parsed, column.name), {
        enumName: folded.find((found) => found.column === column.name)?.type.name,
        isRowNumber: column === rowNumber,
      }),
    ),
    ...(constraints.primaryKey === undefined ? {} : { primaryKey: constraints.primaryKey }),
    uniques: sorted(constraints.uniques),
    foreignKeys: sorted(constraints.foreignKeys),
    checks: sorted(constraints.checks),
    indexes: sorted(
      indexes.map((index) =>
        buildIndex(
          index,
          columns.map((column) => column.name),
        ),
      ),
    ),
    ...(Object.keys(options).length === 0 ? {} : { options }),
  };
  return { table, enums: folded.map((found) => found.type) };
}

interface FoldedEnum {
  readonly column: string;
  readonly constraint: ParsedConstraint;
  readonly type: EnumType;
}

function foldEnums({ row, columns, parsed }: TableParts, taken: Set<string>): readonly FoldedEnum[] {
  return columns.flatMap((column) => {
    if (declaredAs(column, parsedColumn(parsed, column.name)) !== 'enum_text') return [];
    const constraint = parsed.constraints.find((candidate) => enumValues(candidate, column.name) !== undefined);
    if (constraint === undefined) return [];
    const name = uniqueName(`${row.name}_${column.name}`, taken);
    return [{ column: column.name, constraint, type: { name, values: enumValues(constraint, column.name) ?? [] } }];
  });
}

/** The column that is the row's number: a lone key of the type `integer`, except one written `primary key desc`. */
function rowNumberColumn({ facts, columns, parsed }: TableParts): ColumnRow | undefined {
  const [key, ...more] = columns.filter((column) => column.key > 0);
  if (facts.withoutRowid || key === undefined || more.length > 0 || key.type.toLowerCase() !== 'integer')
    return undefined;
  const constraint = parsed.constraints.find((candidate) => candidate.kind === 'primary-key');
  return constraint?.inline === true && constraint.terms[0]?.descending === true ? undefined : key;
}

function tableOptions(
  { facts, parsed }: TableParts,
  rowNumber: ColumnRow | undefined,
): Readonly<Record<string, string | boolean>> {
  const isNumberedForGood = parsed.constraints.some((found) => found.kind === 'primary-key' && found.autoincrement);
  const conflicts = parsed.columns.flatMap(({ name, notNullConflict }) =>
    notNullConflict === undefined ? [] : [[`conflict not null ${name}`, notNullConflict] as const],
  );
  return {
    ...(facts.strict ? { strict: true } : {}),
    ...(facts.withoutRowid ? { withoutRowid: true } : {}),
    ...(rowNumber === undefined || isNumberedForGood ? {} : { autoincrement: false }),
    ...Object.fromEntries(conflicts),
  };
}

function parsedColumn(parsed: ParsedTable, name: string): ParsedColumn | undefined {
  return parsed.columns.find((column) => column.name === name);
}

function sorted<T extends { readonly name: string }>(members: readonly T[]): readonly T[] {
  return members.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
