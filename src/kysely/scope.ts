import type {
  AliasNode,
  ColumnNode,
  CommonTableExpressionNode,
  DeleteQueryNode,
  IdentifierNode,
  InsertQueryNode,
  JoinNode,
  ListNode,
  MergeQueryNode,
  OperationNode,
  RawNode,
  ReferenceNode,
  SelectQueryNode,
  TableNode,
  UpdateQueryNode,
} from 'kysely';
import type { Field } from '../repository/table-plan.ts';
import type { KnownTables, Output } from './known-tables.ts';

/** Every statement that reads or writes tables. */
export type QueryNode = SelectQueryNode | InsertQueryNode | UpdateQueryNode | DeleteQueryNode | MergeQueryNode;

/** A table, view or subquery that a query reads, under the name that the query gives it. */
export interface Source {
  readonly name: string;
  /** How its columns are written with it in front. */
  readonly table: TableNode | undefined;
  readonly output: Output;
}

export const unknownOutput: Output = { columns: [], complete: false };

/** What a query is read with. */
export interface Reading {
  readonly tables: KnownTables;
  /** What a query inside another gives. */
  outputOf(node: OperationNode, around: Scope): Output;
}

/** The names that one query can use, and those of the queries around it. */
export class Scope {
  readonly query: QueryNode;
  readonly sources: Source[] = [];
  readonly #reading: Reading;
  readonly #parent: Scope | undefined;
  readonly #expressions = new Map<string, Output>();
  readonly #excluded: Output | undefined;

  constructor(query: QueryNode, reading: Reading, parent: Scope | undefined) {
    this.query = query;
    this.#reading = reading;
    this.#parent = parent;
    for (const expression of query.with?.expressions ?? []) this.#addExpression(expression);
    for (const source of sourcesOf(query)) this.#addSource(source);
    this.#excluded = query.kind === 'InsertQueryNode' ? this.sources[0]?.output : undefined;
  }

  /** The column behind a reference; undefined when it is not one of a known table. */
  fieldOf(reference: ReferenceNode | ColumnNode): Field | undefined {
    const [table, column] =
      reference.kind === 'ColumnNode' ? [undefined, reference] : [reference.table, reference.column];
    if (column.kind !== 'ColumnNode') return undefined;
    const { name } = column.column;
    return table === undefined ? this.#fieldNamed(name) : fieldIn(this.sourceOf(table), name);
  }

  /** What a table in front of a column stands for. */
  sourceOf({ table }: TableNode): Output {
    const name = nameOf(table);
    const source = this.sources.find((one) => one.name === name)?.output;
    return (
      source ??
      (name === 'excluded' ? this.#excluded : undefined) ??
      this.#parent?.sourceOf({ kind: 'TableNode', table }) ??
      unknownOutput
    );
  }

  /** What a query inside this one gives. */
  outputInside(node: OperationNode): Output {
    return this.#reading.outputOf(node, this);
  }

  #fieldNamed(name: string): Field | undefined {
    for (const { output } of this.sources) {
      const field = fieldIn(output, name);
      if (field !== undefined) return field;
    }
    const isComplete = this.sources.every(
      ({ output }) => output.complete && !output.columns.some((column) => column.name === name),
    );
    return this.#parent !== undefined && isComplete ? this.#parent.#fieldNamed(name) : undefined;
  }

  /** The name is known inside its own query as what the first part of that gives. */
  #addExpression({ name, expression }: CommonTableExpressionNode): void {
    const { name: key } = name.table.table.identifier;
    this.#expressions.set(key, unknownOutput);
    const first = expression.kind === 'SelectQueryNode' ? { ...expression, setOperations: [] } : expression;
    for (const part of [first, expression]) {
      this.#expressions.set(key, renamed(this.outputInside(part), name.columns));
    }
  }

  #addSource(node: OperationNode): void {
    if (isKind<ListNode>(node, 'ListNode')) {
      for (const item of node.items) this.#addSource(item);
    } else if (isKind<TableNode>(node, 'TableNode')) {
      this.sources.push({ name: nameOf(node.table), table: node, output: this.#tableNamed(node) });
    } else if (isKind<AliasNode>(node, 'AliasNode') && isKind<IdentifierNode>(node.alias, 'IdentifierNode')) {
      const { name } = node.alias;
      const table: TableNode = {
        kind: 'TableNode',
        table: { kind: 'SchemableIdentifierNode', identifier: node.alias },
      };
      this.sources.push({ name, table, output: this.#outputBehind(node.node) });
    } else {
      this.sources.push({ name: '', table: undefined, output: unknownOutput });
    }
  }

  #outputBehind(node: OperationNode): Output {
    if (isKind<TableNode>(node, 'TableNode')) return this.#tableNamed(node);
    return this.outputInside(node);
  }

  #tableNamed({ table }: TableNode): Output {
    const expression = table.schema === undefined ? this.#expressionNamed(table.identifier.name) : undefined;
    return expression ?? this.#reading.tables.get(nameOf(table)) ?? unknownOutput;
  }

  #expressionNamed(name: string): Output | undefined {
    const parent = this.#parent;
    return this.#expressions.get(name) ?? (parent === undefined ? undefined : parent.#expressionNamed(name));
  }
}

export function isQuery(node: OperationNode): node is QueryNode {
  return queryKinds.has(node.kind);
}

const queryKinds: ReadonlySet<string> = new Set<QueryNode['kind']>([
  'SelectQueryNode',
  'InsertQueryNode',
  'UpdateQueryNode',
  'DeleteQueryNode',
  'MergeQueryNode',
]);

export function isReference(node: OperationNode): node is ReferenceNode | ColumnNode {
  return node.kind === 'ReferenceNode' || node.kind === 'ColumnNode';
}

/** SQL that the user of Kysely wrote; Kysely itself writes only single words so. */
export function isHandWritten({ sqlFragments, parameters }: RawNode): boolean {
  return parameters.length > 0 || !/^(?:asc|desc|true|default|nulls (?:first|last))$/.test(sqlFragments.join(''));
}

export function isKind<N extends OperationNode>(node: OperationNode, kind: N['kind']): node is N {
  return node.kind === kind;
}

/** The name of a table as the schema knows it, with its namespace. */
export function nameOf({ schema, identifier }: TableNode['table']): string {
  return schema === undefined ? identifier.name : `${schema.name}.${identifier.name}`;
}

function fieldIn({ columns }: Output, name: string): Field | undefined {
  return columns.find((column) => column.name === name)?.field;
}

function renamed(output: Output, names: readonly ColumnNode[] | undefined): Output {
  if (names === undefined) return output;
  if (!output.complete) return unknownOutput;
  return {
    ...output,
    columns: names.map(({ column }, position) => ({ name: column.name, field: output.columns[position]?.field })),
  };
}

function sourcesOf(query: QueryNode): readonly OperationNode[] {
  switch (query.kind) {
    case 'SelectQueryNode':
      return [...(query.from?.froms ?? []), ...joined(query.joins)];
    case 'InsertQueryNode':
      return query.into === undefined ? [] : [query.into];
    case 'UpdateQueryNode':
      return [
        ...(query.table === undefined ? [] : [query.table]),
        ...(query.from?.froms ?? []),
        ...joined(query.joins),
      ];
    case 'DeleteQueryNode':
      return [...query.from.froms, ...(query.using?.tables ?? []), ...joined(query.joins)];
    case 'MergeQueryNode':
      return [query.into, ...(query.using === undefined ? [] : [query.using.table])];
  }
}

function joined(joins: readonly JoinNode[] = []): readonly OperationNode[] {
  return joins.map(({ table }) => table);
}
