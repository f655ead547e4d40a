import type { Transition } from '../../../../catalog/change/transition.ts';
import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import { RowhouseError } from '../../../../errors/rowhouse-error.ts';
import type { PostgresTransitionContext } from '../transition.ts';

export function compileAlias(
  change: Extract<Transition, { kind: 'alias-table' | 'drop-alias' }>,
  _context: PostgresTransitionContext,
): readonly DefinitionStatement[] {
  throw new RowhouseError('CHANGE_UNSUPPORTED', change.kind);
}
