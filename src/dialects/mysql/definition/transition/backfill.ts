import type { Transition } from '../../../../catalog/change/transition.ts';
import { findColumn, type Table } from '../../../../catalog/model/table.ts';
import { backfillStatement } from '../../../../dialect/backfill-of.ts';
import type { BackfillKeyColumn, DefinitionStatement } from '../../../../dialect/definition.ts';
import { mysqlText } from '../../text.ts';
import type { DefinitionContext } from '../context.ts';

/** Rows filled in by key. */
export function compileBackfill(
  change: Extract<Transition, { kind: 'backfill' }>,
  { catalog, flavor }: DefinitionContext,
): DefinitionStatement {
  return backfillStatement(change, catalog, { text: mysqlText, variants: flavor.variants, keyColumn });
}

/** Text is compared with a number as a floating-point number, which large keys do not survive. */
function keyColumn(table: Table, name: string): BackfillKeyColumn {
  const kind = findColumn(table, name)?.type.kind;
  if (kind === 'smallint' || kind === 'integer' || kind === 'bigint') return { name, cast: 'signed' };
  return kind === 'decimal' ? { name, cast: 'decimal(65, 30)' } : { name };
}
