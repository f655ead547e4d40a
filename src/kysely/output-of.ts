import type {
  AggregateFunctionNode,
  AliasNode,
  IdentifierNode,
  OperationNode,
  ParensNode,
  SelectionNode,
  SelectQueryNode,
  TableNode,
} from 'kysely';
import type { Field } from '../repository/table-plan.ts';
import type { KnownTables, Output, OutputColumn } from './known-tables.ts';
import { isKind, isQuery, isReference, Scope, unknownOutput, type QueryNode, type Reading } from './scope.ts';

/** Reads queries with the tables of a schema. */
export function readingOf(tables: KnownTables): Reading {
  const reading: Reading = { tables, outputOf: (node, around) => outputOf(node, reading, around) };
  return reading;
}

/** The columns that a statement gives; none that is known where it is no query. */
export function outputOf(node: OperationNode, reading: Reading, around?: Scope): Output {
  if (isKind<ParensNode>(node, 'ParensNode')) return outputOf(node.node, reading, around);
  if (!isQuery(node)) return unknownOutput;
  const output = joinOutputs(
    selectionsOf(node).map((selection) => selected(selection, new Scope(node, reading, around))),
  );
  if (node.kind !== 'SelectQueryNode') return output;
  const others = (node.setOperations ?? []).map(({ expression }) => outputOf(expression, reading, around));
  return others.reduce(sameTypes, output);
}

/** The selections of a query: what it selects, or what it gives back of the rows it wrote. */
export function selectionsOf(node: QueryNode): readonly SelectionNode[] {
  return (node.kind === 'SelectQueryNode' ? node.selections : node.returning?.selections) ?? [];
}

function selected({ selection }: SelectionNode, scope: Scope): Output {
  switch (selection.kind) {
    case 'SelectAllNode':
      return joinOutputs(scope.sources.map(({ output }) => output));
    case 'ReferenceNode':
      if (selection.column.kind === 'SelectAllNode') return allOf(selection.table, scope);
      return one(selection.column.column.name, scope.fieldOf(selection));
    case 'ColumnNode':
      return one(selection.column.name, scope.fieldOf(selection));
    case 'AliasNode':
      return aliased(selection, scope);
  }
}

function allOf(table: TableNode | undefined, scope: Scope): Output {
  return table === undefined ? unknownOutput : scope.sourceOf(table);
}

function aliased({ node, alias }: AliasNode, scope: Scope): Output {
  if (!isKind<IdentifierNode>(alias, 'IdentifierNode')) return unknownOutput;
  return one(alias.name, fieldBehind(node, scope));
}

/** The column whose values an expression gives unchanged. */
function fieldBehind(node: OperationNode, scope: Scope): Field | undefined {
  if (isReference(node)) return scope.fieldOf(node);
  if (isKind<ParensNode>(node, 'ParensNode')) return fieldBehind(node.node, scope);
  if (isKind<AggregateFunctionNode>(node, 'AggregateFunctionNode')) return extremeOf(node, scope);
  if (isKind<SelectQueryNode>(node, 'SelectQueryNode')) return scope.outputInside(node).columns[0]?.field;
  return undefined;
}

function extremeOf({ func, aggregated }: AggregateFunctionNode, scope: Scope): Field | undefined {
  const [first] = aggregated;
  return first !== undefined && (func === 'min' || func === 'max') ? fieldBehind(first, scope) : undefined;
}

function one(name: string, field: Field | undefined): Output {
  return { columns: [{ name, field }], complete: true };
}

function joinOutputs(outputs: readonly Output[]): Output {
  return { columns: outputs.flatMap(({ columns }) => columns), complete: outputs.every(({ complete }) => complete) };
}

/** The columns of the first whose type is that of the same column of the second. */
function sameTypes(first: Output, second: Output): Output {
  const isKnown = first.complete && second.complete;
  const columns = first.columns.map(({ name, field }, position): OutputColumn => {
    const other = isKnown ? second.columns[position]?.field : undefined;
    const isSame = other !== undefined && JSON.stringify(other.type) === JSON.stringify(field?.type);
    return { name, field: isSame ? field : undefined };
  });
  return { columns, complete: first.complete };
}
