import { hash } from 'node:crypto';
import type { Alteration } from '../../../catalog/change/alteration.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import { dropForeignKey } from './alter-member.ts';
import { printForeignKey } from './constraint.ts';
import { alterTable, making, memberOf, removing, type AlterationContext } from './context.ts';
import { followForeignKeys } from './foreign-key-index.ts';
import { prechecksOf } from './prechecks.ts';
import { tableOf } from './table-of.ts';

/**
 * No statement drops a foreign key and makes another of the same name, so the new one has a name of its own in between:
 * the rows are never without one.
 */
export function alterForeignKey(
  change: Extract<Alteration, { kind: 'alter-foreign-key' }>,
  { before, after }: AlterationContext,
): readonly DefinitionStatement[] {
  const { table, foreignKey } = change;
  const [old, next] = [tableOf(table, before), tableOf(table, after)];
  const interim = { ...foreignKey, name: interimName(table.name, foreignKey.name) };
  const between = { ...next, foreignKeys: next.foreignKeys.map((key) => (key === foreignKey ? interim : key)) };
  const object = memberOf(table, 'constraint', interim.name);
  const first = alterTable(table, [
    dropForeignKey(foreignKey.name),
    ...followForeignKeys(old, between, after.flavor),
    `add ${printForeignKey(interim, next)}`,
  ]);
  const second = alterTable(table, [
    dropForeignKey(interim.name),
    ...followForeignKeys(between, next, after.flavor),
    `add ${printForeignKey(foreignKey, next)}`,
  ]);
  return [{ ...making(first, object), ...prechecksOf(change, before) }, removing(second, object)];
}

function interimName(table: string, foreignKey: string): string {
  return `rh_${hash('sha256', `${table}.${foreignKey}`).slice(0, 12)}_fkey`;
}
