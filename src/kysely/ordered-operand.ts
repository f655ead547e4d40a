import { RawNode, type AndNode, type OperationNode, type ValueNode } from 'kysely';
import type { QueryRules } from '../dialect/query-rules.ts';
import type { Field } from '../repository/table-plan.ts';
import { isKind, isReference } from './scope.ts';

/**
 * A column, or a value that it is compared with, under the key by which a repository compares and sorts it. Most columns
 * are their own key; a decimal that the engine keeps as text is not.
 */
export function orderedOperand(node: OperationNode, field: Field, rules: QueryRules): OperationNode {
  const { type } = field;
  if (rules.comparable(place, type) === place) return node;
  const inOrder = (side: OperationNode): OperationNode => orderedOperand(side, field, rules);
  if (isReference(node)) return spliced(rules.comparable(place, type), node);
  if (isKind<ValueNode>(node, 'ValueNode')) return spliced(rules.parameter(place, type), node);
  if (!isKind<AndNode>(node, 'AndNode')) return node;
  const both: AndNode = { ...node, left: inOrder(node.left), right: inOrder(node.right) };
  return both;
}

/** Stands in SQL where the operand will. */
const place = '\u0000';

function spliced(sql: string, operand: OperationNode): OperationNode {
  const texts = sql.split(place);
  return texts.length === 1
    ? operand
    : RawNode.create(
        texts,
        texts.slice(1).map(() => operand),
      );
}
