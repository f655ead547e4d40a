import type { Sequence } from '../catalog/model/sequence.ts';

/** Where a sequence definition keeps itself. */
export const sequenceDefinition: unique symbol = Symbol.for('rowhouse.sequence');

export interface SequenceDefinition {
  readonly [sequenceDefinition]: Sequence;
}

/** A free-standing number source, where the engine has them. Numbers are decimal strings: they may pass 2^53. */
export function sequence(name: string, options: Omit<Sequence, 'name'> = {}): SequenceDefinition {
  return { [sequenceDefinition]: { ...options, name } };
}
