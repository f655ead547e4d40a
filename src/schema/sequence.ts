import type { Rename } from '../catalog/diff/rename.ts';
import type { Sequence } from '../catalog/model/sequence.ts';
import { renameFrom } from './former-name.ts';
import { renameDefinition } from './rename-definition.ts';

/** Where a sequence definition keeps itself. */
export const sequenceDefinition: unique symbol = Symbol.for('rowhouse.sequence');

export interface SequenceDefinition {
  readonly [sequenceDefinition]: Sequence;
  readonly [renameDefinition]: readonly Rename[];
}

export interface SequenceOptions extends Omit<Sequence, 'name'> {
  /** Its name before, so that it goes on counting; harmless once the old name is gone. */
  readonly renamedFrom?: string;
}

/** A free-standing number source, where the engine has them. Numbers are decimal strings: they may pass 2^53. */
export function sequence(name: string, { renamedFrom, ...options }: SequenceOptions = {}): SequenceDefinition {
  return {
    [sequenceDefinition]: { ...options, name },
    [renameDefinition]: renamedFrom === undefined ? [] : [renameFrom('sequence', renamedFrom, { ...options, name })],
  };
}
