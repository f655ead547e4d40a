import type { Transition } from '../../../catalog/change/transition.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import { RowhouseError } from '../../../errors/rowhouse-error.ts';

export function compileTransition(change: Transition): readonly DefinitionStatement[] {
  throw new RowhouseError('CHANGE_UNSUPPORTED', change.kind);
}
