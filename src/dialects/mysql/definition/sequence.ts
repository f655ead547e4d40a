import type { Sequence } from '../../../catalog/model/sequence.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import { refuse, refuseName } from '../refuse.ts';
import { mysqlText } from '../text.ts';
import { making, setting, type DefinitionContext } from './context.ts';

/** The statement that makes a sequence. */
export function createSequence(sequence: Sequence, context: DefinitionContext): DefinitionStatement {
  const sql = ['create sequence', mysqlText.name(sequence.name), ...options(sequence, context)].join(' ');
  return making(sql, { kind: 'sequence', name: sequence.name });
}

/** The statement that gives a sequence other bounds and steps. The number that comes next stays what it is. */
export function alterSequence(sequence: Sequence, context: DefinitionContext): DefinitionStatement {
  const { increment = '1', minimum, maximum, cycle = false } = sequence;
  const unsaid = [
    ...(sequence.increment === undefined ? [`increment by ${BigInt(increment)}`] : []),
    ...(minimum === undefined ? ['no minvalue'] : []),
    ...(maximum === undefined ? ['no maxvalue'] : []),
    ...(cycle ? [] : ['nocycle']),
  ];
  return setting(['alter sequence', mysqlText.name(sequence.name), ...options(sequence, context), ...unsaid].join(' '));
}

function options(sequence: Sequence, { flavor }: DefinitionContext): readonly string[] {
  refuseName(sequence);
  if (!flavor.sequences) throw refuse(sequence, undefined, `${flavor.name} has no sequences`, 'use an identity column');
  const { start, increment, minimum, maximum, cycle = false } = sequence;
  return [
    ...(increment === undefined ? [] : [`increment by ${BigInt(increment)}`]),
    ...(minimum === undefined ? [] : [`minvalue ${BigInt(minimum)}`]),
    ...(maximum === undefined ? [] : [`maxvalue ${BigInt(maximum)}`]),
    ...(start === undefined ? [] : [`start with ${BigInt(start)}`]),
    ...(cycle ? ['cycle'] : []),
  ];
}
