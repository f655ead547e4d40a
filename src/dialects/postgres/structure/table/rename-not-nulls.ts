import { canonicalJson } from '../../../../catalog/snapshot/canonical-json.ts';
import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Fact, Structure } from '../../../../dialect/structure/fact.ts';
import type { PlanContext } from '../../../../dialect/structure/rules.ts';
import { quoted } from '../names.ts';
import { tableOf } from '../relation.ts';
import { step } from '../step.ts';

/** Gives the not-null constraints of these columns, as they shall be, their names: only a table by itself can change them. */
export function renameNotNulls(columns: readonly Fact[], from: Structure): readonly DefinitionStatement[] {
  return columns.flatMap((column) => {
    const before = from.facts.get(column.id);
    const [old, next] = [before?.notes?.['notNullName'], column.notes?.['notNullName']];
    const isSame =
      before?.attributes['notNull'] !== undefined &&
      canonicalJson(before.attributes['notNull']) === canonicalJson(column.attributes['notNull'] ?? null);
    if (!isSame || typeof old !== 'string' || typeof next !== 'string' || old === next) return [];
    return [step(`alter table ${tableOf(column)} rename constraint ${quoted(old)} to ${quoted(next)}`)];
  });
}

/** The same for all columns of a table, as it shall be. */
export function renameNotNullsOf(tableId: string, { from, to, partsOf }: PlanContext): readonly DefinitionStatement[] {
  const table = to.facts.get(tableId);
  const columns = table === undefined ? [] : partsOf(table, to).filter(({ kind }) => kind === 'column');
  return renameNotNulls(columns, from);
}
