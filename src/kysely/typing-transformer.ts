import {
  ColumnNode,
  OperationNodeTransformer,
  ReferenceNode,
  SelectionNode,
  type BinaryOperationNode,
  type ColumnUpdateNode,
  type DeleteQueryNode,
  type InsertQueryNode,
  type MergeQueryNode,
  type OperationNode,
  type OperatorNode,
  type OrderByItemNode,
  type QueryId,
  type ReturningNode,
  type SelectQueryNode,
  type TupleNode,
  type UpdateQueryNode,
  type ValuesNode,
} from 'kysely';
import type { QueryRules } from '../dialect/query-rules.ts';
import type { Field } from '../repository/table-plan.ts';
import type { KnownTables } from './known-tables.ts';
import { orderedOperand } from './ordered-operand.ts';
import { readingOf } from './output-of.ts';
import { isKind, isReference, Scope, type QueryNode, type Reading, type Source } from './scope.ts';
import { typedOperand, typedRow } from './typed-value.ts';

/** Operators that go by the order of the values. */
const ordering: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', 'between', 'between symmetric']);

/** Operators with a value of the column's own type on the other side. */
const comparisons: ReadonlySet<string> = new Set([
  ...ordering,
  '=',
  '==',
  '!=',
  '<>',
  '<=>',
  'in',
  'not in',
  'is',
  'is not',
  'is distinct from',
  'is not distinct from',
]);

/**
 * Finds the column of each value, and names the columns behind `*` of known tables: a row is then what the types say,
 * and a statement that is kept prepared does not change its result when the table gets a column.
 */
export class TypingTransformer extends OperationNodeTransformer {
  readonly #reading: Reading;
  readonly #rules: QueryRules;
  readonly #scopes: Scope[] = [];

  constructor(tables: KnownTables, rules: QueryRules) {
    super();
    this.#reading = readingOf(tables);
    this.#rules = rules;
  }

  protected override transformSelectQuery(node: SelectQueryNode, queryId?: QueryId): SelectQueryNode {
    return this.#inside(node, (scope) => {
      const selections = node.selections?.flatMap((selection) => named(selection, scope.sources));
      return super.transformSelectQuery(selections === undefined ? node : { ...node, selections }, queryId);
    });
  }

  protected override transformInsertQuery(node: InsertQueryNode, queryId?: QueryId): InsertQueryNode {
    return this.#inside(node, (scope) => {
      const fields = node.columns?.map((column) => scope.fieldOf(column)) ?? [];
      const { values } = node;
      if (values === undefined || !isKind<ValuesNode>(values, 'ValuesNode'))
        return super.transformInsertQuery(node, queryId);
      const rows = values.values.map((row) => typedRow(row, fields));
      return super.transformInsertQuery({ ...node, values: { ...values, values: rows } as ValuesNode }, queryId);
    });
  }

  protected override transformUpdateQuery(node: UpdateQueryNode, queryId?: QueryId): UpdateQueryNode {
    return this.#inside(node, () => super.transformUpdateQuery(node, queryId));
  }

  protected override transformDeleteQuery(node: DeleteQueryNode, queryId?: QueryId): DeleteQueryNode {
    return this.#inside(node, () => super.transformDeleteQuery(node, queryId));
  }

  protected override transformMergeQuery(node: MergeQueryNode, queryId?: QueryId): MergeQueryNode {
    return this.#inside(node, () => super.transformMergeQuery(node, queryId));
  }

  protected override transformReturning(node: ReturningNode, queryId?: QueryId): ReturningNode {
    const sources = this.#scope?.sources ?? [];
    if (sources.length !== 1) return super.transformReturning(node, queryId);
    return super.transformReturning(
      { ...node, selections: node.selections.flatMap((one) => named(one, sources)) },
      queryId,
    );
  }

  protected override transformColumnUpdate(node: ColumnUpdateNode, queryId?: QueryId): ColumnUpdateNode {
    const field = this.#fieldOf(node.column);
    return super.transformColumnUpdate(
      field === undefined ? node : { ...node, value: typedOperand(node.value, [field]) },
      queryId,
    );
  }

  protected override transformBinaryOperation(node: BinaryOperationNode, queryId?: QueryId): BinaryOperationNode {
    return super.transformBinaryOperation(this.#typedComparison(node), queryId);
  }

  #typedComparison(node: BinaryOperationNode): BinaryOperationNode {
    const { leftOperand, operator, rightOperand } = node;
    if (!isKind<OperatorNode>(operator, 'OperatorNode') || !comparisons.has(operator.operator)) return node;
    const left = this.#fieldsOf(leftOperand);
    const fields = left.length > 0 ? left : this.#fieldsOf(rightOperand);
    if (fields.length === 0) return node;
    const [typedLeft, typedRight] = [typedOperand(leftOperand, fields), typedOperand(rightOperand, fields)];
    const [field] = fields;
    if (field === undefined || fields.length > 1 || !ordering.has(operator.operator)) {
      return { ...node, leftOperand: typedLeft, rightOperand: typedRight };
    }
    const inOrder = (operand: OperationNode): OperationNode => orderedOperand(operand, field, this.#rules);
    return { ...node, leftOperand: inOrder(typedLeft), rightOperand: inOrder(typedRight) };
  }

  protected override transformOrderByItem(node: OrderByItemNode, queryId?: QueryId): OrderByItemNode {
    const field =
      this.#scope !== undefined && ordersItsOutput(this.#scope.query) ? undefined : this.#fieldOf(node.orderBy);
    const orderBy = field === undefined ? node.orderBy : orderedOperand(node.orderBy, field, this.#rules);
    return super.transformOrderByItem({ ...node, orderBy }, queryId);
  }

  /** The column of one side of a comparison, or the columns of a tuple. */
  #fieldsOf(node: OperationNode): readonly (Field | undefined)[] {
    if (isKind<TupleNode>(node, 'TupleNode')) return node.values.map((value) => this.#fieldOf(value));
    const field = this.#fieldOf(node);
    return field === undefined ? [] : [field];
  }

  #fieldOf(node: OperationNode): Field | undefined {
    return isReference(node) ? this.#scope?.fieldOf(node) : undefined;
  }

  get #scope(): Scope | undefined {
    return this.#scopes.at(-1);
  }

  #inside<N>(node: QueryNode, transform: (scope: Scope) => N): N {
    const scope = new Scope(node, this.#reading, this.#scope);
    this.#scopes.push(scope);
    try {
      return transform(scope);
    } finally {
      this.#scopes.pop();
    }
  }
}

/** A union or a distinct select can be sorted by what it gives only, and not by a key made of it. */
function ordersItsOutput(query: QueryNode): boolean {
  if (query.kind !== 'SelectQueryNode') return false;
  const isDistinct = query.frontModifiers?.some(({ modifier }) => modifier === 'Distinct') === true;
  return isDistinct || (query.setOperations ?? []).length > 0;
}

/** The columns behind `*` or `book.*`, as far as they are all known. */
function named(node: SelectionNode, sources: readonly Source[]): readonly SelectionNode[] {
  const { selection } = node;
  const meant = meantBy(selection, sources);
  if (meant === undefined || !meant.every(({ table, output }) => table !== undefined && output.complete)) return [node];
  return meant.flatMap(({ table, output }) => {
    return output.columns.map(({ name }) => SelectionNode.create(ReferenceNode.create(ColumnNode.create(name), table)));
  });
}

function meantBy(selection: SelectionNode['selection'], sources: readonly Source[]): readonly Source[] | undefined {
  if (selection.kind === 'SelectAllNode') return sources;
  if (selection.kind !== 'ReferenceNode' || selection.column.kind !== 'SelectAllNode') return undefined;
  const { table } = selection;
  return sources.filter(({ table: other }) => JSON.stringify(other?.table) === JSON.stringify(table?.table));
}
