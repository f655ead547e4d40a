import type { Transition } from '../../../../catalog/change/transition.ts';
import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import { RowhouseError } from '../../../../errors/rowhouse-error.ts';
import type { PostgresTransitionContext } from '../transition.ts';

export function compileInStep(
  change: Extract<Transition, { kind: 'keep-in-step' | 'stop-in-step' }>,
  _context: PostgresTransitionContext,
): readonly DefinitionStatement[] {
  throw new RowhouseError('CHANGE_UNSUPPORTED', change.kind);
}
