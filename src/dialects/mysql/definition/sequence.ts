import type { Sequence } from '../../../catalog/model/sequence.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import { refuse, refuseName } from '../refuse.ts';
import { mysqlText } from '../text.ts';
import { making, type DefinitionContext } from './context.ts';

/** The statement that makes a sequence. */
export function createSequence(sequence: Sequence, { flavor }: DefinitionContext): DefinitionStatement {
  refuseName(sequence);
  if (!flavor.sequences) throw refuse(sequence, undefined, `${flavor.name} has no sequences`, 'use an identity column');
  const { start, increment, minimum, maximum, cycle = false } = sequence;
  const options = [
    ...(increment === undefined ? [] : [`increment by ${BigInt(increment)}`]),
    ...(minimum === undefined ? [] : [`minvalue ${BigInt(minimum)}`]),
    ...(maximum === undefined ? [] : [`maxvalue ${BigInt(maximum)}`]),
    ...(start === undefined ? [] : [`start with ${BigInt(start)}`]),
    ...(cycle ? ['cycle'] : []),
  ];
  const sql = ['create sequence', mysqlText.name(sequence.name), ...options].join(' ');
  return making(sql, { kind: 'sequence', name: sequence.name });
}
