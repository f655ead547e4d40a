import type { Transition } from '../../../../catalog/change/transition.ts';
import { backfillStatement } from '../../../../dialect/backfill-of.ts';
import type { BackfillKey, DefinitionStatement } from '../../../../dialect/definition.ts';
import { postgresText } from '../../text.ts';
import { postgresVariants } from '../expression.ts';
import type { PostgresTransitionContext } from '../transition.ts';

/** Rows filled in by key; without one, block by block as they are stored. */
export function compileBackfill(
  change: Extract<Transition, { kind: 'backfill' }>,
  { before }: PostgresTransitionContext,
): DefinitionStatement {
  return backfillStatement(change, before, {
    text: postgresText,
    variants: postgresVariants,
    keyColumn: (_table, name) => ({ name }),
    withoutKey: blocks,
  });
}

/** A row that is written moves to another block, and does not answer to the condition there any more. */
function blocks(name: string): BackfillKey {
  const relation = `${postgresText.literal(name)}::regclass`;
  return {
    by: 'blocks',
    count: `select pg_relation_size(${relation}) / current_setting('block_size')::int`,
    range: `ctid >= format('(%s,0)', $1::text)::tid and ctid < format('(%s,0)', $2::text)::tid`,
  };
}
