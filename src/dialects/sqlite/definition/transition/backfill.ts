import type { Transition } from '../../../../catalog/change/transition.ts';
import { backfillStatement } from '../../../../dialect/backfill-of.ts';
import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import { sqliteText } from '../../text.ts';
import { sqliteVariants } from '../expression.ts';
import type { SqliteTransitionContext } from '../transition.ts';

/** Rows filled in by key: between two batches others can write. */
export function compileBackfill(
  change: Extract<Transition, { kind: 'backfill' }>,
  { before }: SqliteTransitionContext,
): DefinitionStatement {
  return backfillStatement(change, before, {
    text: sqliteText,
    variants: sqliteVariants,
    keyColumn: (_table, name) => ({ name }),
  });
}
