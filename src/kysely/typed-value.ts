import type {
  AndNode,
  OperationNode,
  ParensNode,
  PrimitiveValueListNode,
  TupleNode,
  ValueListNode,
  ValueNode,
  ValuesItemNode,
} from 'kysely';
import type { Field } from '../repository/table-plan.ts';
import { isKind } from './scope.ts';

/** A value on its way into a query, with the column that it is compared with or written to. */
export class TypedValue {
  readonly value: unknown;
  readonly field: Field;

  constructor(value: unknown, field: Field) {
    this.value = value;
    this.field = field;
  }
}

/** Columns by their place in a tuple; one column stands for a single value and for every value of a list. */
export type Places = readonly (Field | undefined)[];

/** One side of a comparison with its values typed as the columns of the other side. */
export function typedOperand(node: OperationNode, fields: Places): OperationNode {
  const [field] = fields;
  const inside = (one: OperationNode): OperationNode => typedOperand(one, fields);
  if (isKind<ValueNode>(node, 'ValueNode')) return typedNode(node, field);
  if (isKind<ParensNode>(node, 'ParensNode')) return changed(node, { node: inside(node.node) });
  if (isKind<AndNode>(node, 'AndNode')) return changed(node, { left: inside(node.left), right: inside(node.right) });
  if (isKind<ValueListNode>(node, 'ValueListNode')) return changed(node, { values: node.values.map(inside) });
  if (isKind<PrimitiveValueListNode>(node, 'PrimitiveValueListNode')) {
    return changed(node, { values: node.values.map((value) => typedValue(value, field)) });
  }
  if (isKind<TupleNode>(node, 'TupleNode')) {
    return changed(node, { values: node.values.map((value, place) => typedOperand(value, [fields[place]])) });
  }
  return node;
}

/** The values of a row to insert, each typed as its column. */
export function typedRow(row: ValuesItemNode, fields: Places): ValuesItemNode {
  if (row.kind === 'PrimitiveValueListNode') {
    return changed(row, { values: row.values.map((value, place) => typedValue(value, fields[place])) });
  }
  return changed(row, { values: row.values.map((value, place) => typedOperand(value, [fields[place]])) });
}

function typedNode(node: ValueNode, field: Field | undefined): ValueNode {
  return node.immediate === true ? node : changed(node, { value: typedValue(node.value, field) });
}

function typedValue(value: unknown, field: Field | undefined): unknown {
  return value === null || value === undefined || field === undefined ? value : new TypedValue(value, field);
}

function changed<N extends OperationNode>(node: N, members: Partial<N>): N {
  return { ...node, ...members };
}
