import {
  FromNode,
  OperationNodeTransformer,
  type AliasNode,
  type DeleteQueryNode,
  type InsertQueryNode,
  type JoinNode,
  type MergeQueryNode,
  type OperationNode,
  type QueryId,
  type RawNode,
  type SelectQueryNode,
  type TableNode,
  type UpdateQueryNode,
  type WithNode,
} from 'kysely';
import type { TenantId } from '../database/tenant/tenant-scope.ts';
import type { Session } from '../database/session.ts';
import { tenantOf } from '../repository/tenant-of.ts';
import type { KnownTables } from './known-tables.ts';
import { isHandWritten, isKind, nameOf, type QueryNode } from './scope.ts';
import { rowsOfTenant, withinTenant, withTenant, type TenantColumn } from './tenant-rows.ts';

/**
 * Keeps a query among the rows of its session's tenant: what it reads of a table with tenants are the rows of that tenant,
 * what it writes is one of them. `isFenced` says whether nothing in the query went past that: SQL by hand, tables that
 * are not of the schema and writes over several tables do.
 */
export class TenantFence extends OperationNodeTransformer {
  isFenced = true;
  readonly #tables: KnownTables;
  readonly #session: Session;
  /** Names that `with` gives and that mean no table. */
  #expressions: readonly string[] = [];
  readonly #targets = new WeakSet<OperationNode>();

  constructor(tables: KnownTables, session: Session) {
    super();
    this.#tables = tables;
    this.#session = session;
  }

  protected override transformSelectQuery(node: SelectQueryNode, queryId?: QueryId): SelectQueryNode {
    // A lock on rows that are selected from a subquery locks nothing on some engines.
    if ((node.endModifiers ?? []).length > 0) this.isFenced = false;
    return this.#inQuery(node, (query) => super.transformSelectQuery(query, queryId));
  }

  protected override transformInsertQuery(node: InsertQueryNode, queryId?: QueryId): InsertQueryNode {
    return this.#inQuery(node, (query) => {
      const fenced = super.transformInsertQuery(query, queryId);
      const tenant = this.#tenantOf(node.into);
      const mayTouchOthers = node.replace === true || node.orAction?.action === 'replace' || writesOnConflict(node);
      if (mayTouchOthers && tenant !== undefined) this.isFenced = false;
      return tenant === undefined ? fenced : (withTenant(fenced, tenant) ?? this.#unfenced(fenced));
    });
  }

  protected override transformUpdateQuery(node: UpdateQueryNode, queryId?: QueryId): UpdateQueryNode {
    return this.#inQuery(node, (query) => {
      const fenced = super.transformUpdateQuery(query, queryId);
      if (node.from !== undefined || node.joins !== undefined) return this.#unfenced(fenced);
      return this.#within(fenced, fenced.table);
    });
  }

  protected override transformDeleteQuery(node: DeleteQueryNode, queryId?: QueryId): DeleteQueryNode {
    this.#targets.add(node.from);
    return this.#inQuery(node, (query) => {
      const fenced = super.transformDeleteQuery(query, queryId);
      const [target, other] = fenced.from.froms;
      if (other !== undefined || node.using !== undefined || node.joins !== undefined) return this.#unfenced(fenced);
      return this.#within(fenced, target);
    });
  }

  protected override transformMergeQuery(node: MergeQueryNode, queryId?: QueryId): MergeQueryNode {
    return this.#unfenced(super.transformMergeQuery(node, queryId));
  }

  protected override transformRaw(node: RawNode, queryId?: QueryId): RawNode {
    const raw = super.transformRaw(node, queryId);
    return isHandWritten(node) ? this.#unfenced(raw) : raw;
  }

  protected override transformFrom(node: FromNode, queryId?: QueryId): FromNode {
    const fenced = super.transformFrom(node, queryId);
    return this.#targets.has(node) ? fenced : FromNode.create(fenced.froms.map((source) => this.#reached(source)));
  }

  protected override transformJoin(node: JoinNode, queryId?: QueryId): JoinNode {
    const fenced = super.transformJoin(node, queryId);
    return { ...fenced, table: this.#reached(fenced.table) };
  }

  /** A source of a query, or the rows of the tenant in its place. */
  #reached(source: OperationNode): OperationNode {
    const tenant = this.#tenantOf(source);
    return tenant === undefined ? source : (rowsOfTenant(source, tenant) ?? this.#unfenced(source));
  }

  #within<N extends UpdateQueryNode | DeleteQueryNode>(node: N, target: OperationNode | undefined): N {
    if (tableIn(target) === undefined || target === undefined) return this.#unfenced(node);
    const tenant = this.#tenantOf(target);
    if (tenant === undefined) return node;
    return withinTenant(node, target, tenant) ?? this.#unfenced(node);
  }

  /** The tenant of the session in a table; undefined where the table has none, or is none. */
  #tenantOf(source: OperationNode | undefined): TenantColumn | undefined {
    const table = tableIn(source);
    if (table === undefined) return undefined;
    const name = nameOf(table.table);
    const plan = this.#tables.get(name)?.plan;
    if (plan === undefined) {
      if (!this.#expressions.includes(name)) this.isFenced = false;
      return undefined;
    }
    const value: TenantId | undefined =
      tenantOf(plan, this.#session) === undefined ? undefined : this.#session.tenant?.value;
    const column = plan.tenant === undefined ? undefined : plan.definition.columns[plan.tenant.position];
    return value === undefined || column === undefined
      ? undefined
      : { name: column.columnName, value, label: plan.label };
  }

  /** The names of `with` are known in what comes after them, and in themselves where they are recursive. */
  #inQuery<N extends QueryNode>(node: N, transform: (query: N) => N): N {
    const { with: expressions, ...rest } = node;
    if (expressions === undefined) return transform(node);
    const around = this.#expressions;
    const fenced = this.#fencedWith(expressions);
    const query = transform(rest as N);
    this.#expressions = around;
    return { ...query, with: fenced };
  }

  #fencedWith(node: WithNode): WithNode {
    const expressions = node.expressions.map((expression) => {
      const { name } = expression.name.table.table.identifier;
      // Engines do not agree on when the name of a table is hidden.
      if (this.#tables.has(name)) this.isFenced = false;
      if (node.recursive === true) this.#expressions = [...this.#expressions, name];
      const fenced = this.transformNode(expression);
      this.#expressions = [...this.#expressions, name];
      return fenced;
    });
    return { ...node, expressions };
  }

  #unfenced<N>(node: N): N {
    this.isFenced = false;
    return node;
  }
}

function writesOnConflict({ onConflict, onDuplicateKey }: InsertQueryNode): boolean {
  return onDuplicateKey !== undefined || (onConflict !== undefined && onConflict.doNothing !== true);
}

/** The table that a source is, under its own name or another. */
function tableIn(source: OperationNode | undefined): TableNode | undefined {
  if (source === undefined) return undefined;
  if (isKind<TableNode>(source, 'TableNode')) return source;
  return isKind<AliasNode>(source, 'AliasNode') ? tableIn(source.node) : undefined;
}
