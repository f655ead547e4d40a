import {
  AliasNode,
  AndNode,
  BinaryOperationNode,
  ColumnNode,
  IdentifierNode,
  OperatorNode,
  ParensNode,
  PrimitiveValueListNode,
  ReferenceNode,
  SelectionNode,
  SelectQueryNode,
  TableNode,
  ValueListNode,
  ValueNode,
  ValuesNode,
  WhereNode,
  type DeleteQueryNode,
  type InsertQueryNode,
  type OperationNode,
  type UpdateQueryNode,
  type ValuesItemNode,
} from 'kysely';
import type { TenantId } from '../database/tenant/tenant-scope.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import { isKind } from './scope.ts';

/** The column of a table that names the tenant, and the tenant that it has to name. */
export interface TenantColumn {
  /** As the database calls it. */
  readonly name: string;
  readonly value: TenantId;
  /** The table, for messages. */
  readonly label: string;
}

/** A table in `from` as the subquery of the tenant's rows, under the same name. Undefined: the name cannot be kept. */
export function rowsOfTenant(source: OperationNode, tenant: TenantColumn): OperationNode | undefined {
  const [table, alias] = isKind<AliasNode>(source, 'AliasNode')
    ? [source.node, source.alias]
    : [source, nameIn(source)];
  if (alias === undefined) return undefined;
  const rows = SelectQueryNode.cloneWithSelections(SelectQueryNode.createFrom([table]), [
    SelectionNode.createSelectAll(),
  ]);
  const own: SelectQueryNode = { ...rows, where: WhereNode.create(isOf(tenant, ColumnNode.create(tenant.name))) };
  return AliasNode.create(own, alias);
}

/** An update or delete of the tenant's rows only. Undefined: its target has no name of its own. */
export function withinTenant<N extends UpdateQueryNode | DeleteQueryNode>(
  node: N,
  target: OperationNode,
  tenant: TenantColumn,
): N | undefined {
  const name = isKind<AliasNode>(target, 'AliasNode') ? target.alias : nameIn(target);
  if (name === undefined || !isKind<IdentifierNode>(name, 'IdentifierNode')) return undefined;
  if (
    node.kind === 'UpdateQueryNode' &&
    node.updates?.some(({ column }) => columnIn(column) === tenant.name) === true
  ) {
    return undefined;
  }
  const own = isOf(tenant, ReferenceNode.create(ColumnNode.create(tenant.name), TableNode.create(name.name)));
  const where = node.where === undefined ? own : AndNode.create(ParensNode.create(node.where.where), own);
  return { ...node, where: WhereNode.create(where) };
}

/** An insert of rows of the tenant. Undefined: the rows come from elsewhere. A row that names another one is refused. */
export function withTenant(node: InsertQueryNode, tenant: TenantColumn): InsertQueryNode | undefined {
  const { columns = [], values } = node;
  if (values === undefined || !isKind<ValuesNode>(values, 'ValuesNode')) return undefined;
  const place = columns.findIndex(({ column }) => column.name === tenant.name);
  if (place !== -1) return values.values.every((row) => namesTenant(row, place, tenant)) ? node : undefined;
  return {
    ...node,
    columns: [...columns, ColumnNode.create(tenant.name)],
    values: ValuesNode.create(values.values.map((row) => extended(row, tenant))),
  };
}

function namesTenant(row: ValuesItemNode, place: number, tenant: TenantColumn): boolean {
  const item = row.values[place];
  const value = row.kind === 'ValueListNode' ? valueIn(item) : item;
  if (String(value) === String(tenant.value)) return true;
  throw new RowhouseError('TENANT_MISMATCH', `${tenant.label}.${tenant.name} names another tenant than the session's`, {
    details: { table: tenant.label, field: tenant.name },
    hint: 'leave the column out: the session says whose row it is',
  });
}

function valueIn(item: unknown): unknown {
  return typeof item === 'object' && item !== null && 'value' in item ? item.value : undefined;
}

function extended(row: ValuesItemNode, { value }: TenantColumn): ValuesItemNode {
  return row.kind === 'PrimitiveValueListNode'
    ? PrimitiveValueListNode.create([...row.values, value])
    : ValueListNode.create([...row.values, ValueNode.create(value)]);
}

function isOf({ value }: TenantColumn, column: ColumnNode | ReferenceNode): BinaryOperationNode {
  return BinaryOperationNode.create(column, OperatorNode.create('='), ValueNode.create(value));
}

/** The name by which a query can speak of a table without an alias. */
function nameIn(source: OperationNode): IdentifierNode | undefined {
  if (!isKind<TableNode>(source, 'TableNode') || source.table.schema !== undefined) return undefined;
  return IdentifierNode.create(source.table.identifier.name);
}

function columnIn(node: OperationNode): string | undefined {
  if (isKind<ColumnNode>(node, 'ColumnNode')) return node.column.name;
  return isKind<ReferenceNode>(node, 'ReferenceNode') && node.column.kind === 'ColumnNode'
    ? node.column.column.name
    : undefined;
}
