import type { Column, ColumnDefault } from '../../catalog/model/column.ts';
import type { ForeignKey, PrimaryKey } from '../../catalog/model/constraint.ts';
import type { Table as CatalogTable } from '../../catalog/model/table.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { derivedName } from '../../util/names.ts';
import type { ColumnDefinition, ReferenceOptions } from '../column/column-builder.ts';
import type { ColumnReference } from '../column/column-reference.ts';
import { toExpression } from './expression.ts';
import { buildIndex } from './build-index.ts';
import { buildUniques } from './build-unique.ts';
import type { DefinedColumn, TableDefinition, TableOptions } from './table.ts';

/** The catalog's table for a definition: references resolved, names derived, columns in their order. */
export function buildTable(table: Omit<TableDefinition, 'catalogTable'>, options: TableOptions): CatalogTable {
  const primaryKey = buildPrimaryKey(table);
  const { uniques, indexes } = buildUniques(table);
  return {
    ...(table.namespace === undefined ? {} : { namespace: table.namespace }),
    name: table.name,
    columns: (options.columnOrder === 'as-written' ? table.columns : inOrder(table)).map(buildColumn),
    ...(primaryKey === undefined ? {} : { primaryKey }),
    uniques,
    foreignKeys: buildForeignKeys(table),
    checks: table.members
      .filter((member) => member.kind === 'check')
      .map(({ name, expression, options }) => ({ name, expression: toExpression(expression), ...options })),
    indexes: [
      ...indexes,
      ...table.columns.flatMap((column) => columnIndex(table.name, column)),
      ...table.members.filter((member) => member.kind === 'index').map((member) => buildIndex(table.name, member)),
    ],
    ...(options.comment === undefined ? {} : { comment: options.comment }),
    ...(options.options === undefined ? {} : { options: options.options }),
  };
}

/** The column named `id` first, the time stamps last, the others as they were written. */
function inOrder({ columns, roles }: Omit<TableDefinition, 'catalogTable'>): readonly DefinedColumn[] {
  const place = (column: DefinedColumn): number => {
    if (column.columnName === 'id') return 0;
    if (column === roles.createdAt) return 2;
    return column === roles.updatedAt ? 3 : 1;
  };
  return columns.toSorted((a, b) => place(a) - place(b));
}

function buildColumn({ columnName, builder }: DefinedColumn): Column {
  const said = builder.definition;
  const columnDefault = buildDefault(said);
  return {
    name: columnName,
    type: said.type,
    nullable: said.nullable,
    ...(columnDefault === undefined ? {} : { default: columnDefault }),
    ...(said.generated === undefined
      ? {}
      : { generated: { expression: toExpression(said.generated.expression), stored: said.generated.stored } }),
    ...(said.identity === undefined ? {} : { identity: said.identity }),
    ...(said.collation === undefined ? {} : { collation: said.collation }),
    ...(said.comment === undefined ? {} : { comment: said.comment }),
    ...(said.options === undefined ? {} : { options: said.options }),
  };
}

function buildDefault(said: ColumnDefinition): ColumnDefault | undefined {
  if (said.nowDefault === true) return { kind: 'now' };
  if (said.literalDefault !== undefined) return { kind: 'literal', value: said.literalDefault };
  if (said.expressionDefault !== undefined)
    return { kind: 'expression', expression: toExpression(said.expressionDefault) };
  return undefined;
}

function buildPrimaryKey(table: Omit<TableDefinition, 'catalogTable'>): PrimaryKey | undefined {
  const marked = table.columns.filter(({ builder }) => builder.definition.primaryKey !== undefined);
  const member = table.members.find(({ kind }) => kind === 'primary-key');
  if (marked.length > 0 && member !== undefined) {
    throw new RowhouseError('SCHEMA_INVALID', `table ${table.name} has two primary keys`, {
      hint: 'mark columns with .primaryKey() or list them with primaryKey(), not both',
    });
  }
  const columns = member?.kind === 'primary-key' ? member.columns : marked;
  if (columns.length === 0) return undefined;
  const name = member?.kind === 'primary-key' ? member.name : marked[0]?.builder.definition.primaryKey?.name;
  return { name: name ?? derivedName(table.name, 'pkey'), columns: columns.map(({ columnName }) => columnName) };
}

function columnIndex(table: string, { columnName, builder }: DefinedColumn): CatalogTable['indexes'] {
  const { index } = builder.definition;
  if (index === undefined) return [];
  return [{ name: index.name ?? derivedName(table, columnName, 'idx'), keys: [{ column: columnName }], unique: false }];
}

function buildForeignKeys(table: Omit<TableDefinition, 'catalogTable'>): readonly ForeignKey[] {
  const ofColumns = table.columns.flatMap(({ columnName, builder }) => {
    const { references } = builder.definition;
    return references === undefined
      ? []
      : [buildForeignKey(table.name, [columnName], [references.target()], references.options)];
  });
  const ofMembers = table.members
    .filter((member) => member.kind === 'foreign-key')
    .map(({ columns, target, options }) =>
      buildForeignKey(
        table.name,
        columns.map(({ columnName }) => columnName),
        target(),
        options,
      ),
    );
  return [...ofColumns, ...ofMembers];
}

function buildForeignKey(
  table: string,
  columns: readonly string[],
  targets: readonly ColumnReference[],
  options: ReferenceOptions,
): ForeignKey {
  const [first] = targets;
  if (first === undefined || targets.length !== columns.length) {
    throw new RowhouseError(
      'SCHEMA_INVALID',
      `table ${table}: a foreign key names ${columns.length} columns here and ${targets.length} there`,
    );
  }
  return {
    name: options.name ?? derivedName(table, ...columns, 'fkey'),
    columns,
    references: { ...first.table, columns: targets.map(({ columnName }) => columnName) },
    onDelete: options.onDelete ?? 'no-action',
    onUpdate: options.onUpdate ?? 'no-action',
    ...(options.match === undefined ? {} : { match: options.match }),
    ...(options.deferrable === undefined ? {} : { deferrable: options.deferrable }),
  };
}
