import type { Alteration } from '../../../catalog/change/alteration.ts';
import { findColumn } from '../../../catalog/model/table.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import { refuse } from '../refuse.ts';
import { printPrimaryKey } from './constraint.ts';
import { alterTable, making, memberOf, removing, setting, type AlterationContext } from './context.ts';
import { followForeignKeys } from './foreign-key-index.ts';
import { keyPrechecks } from './prechecks.ts';
import { tableOf } from './table-of.ts';

/** The old key and the new one change places in one statement. */
export function setPrimaryKey(
  { table: name, primaryKey }: Extract<Alteration, { kind: 'set-primary-key' }>,
  { before, after }: AlterationContext,
): readonly DefinitionStatement[] {
  const [old, next] = [tableOf(name, before), tableOf(name, after)];
  const object = memberOf(name, 'constraint', 'PRIMARY');
  const drop = old.primaryKey === undefined ? [] : ['drop primary key'];
  if (primaryKey === null) {
    return drop.length === 0
      ? []
      : [removing(alterTable(name, [...drop, ...followForeignKeys(old, next, after.flavor)]), object)];
  }
  for (const column of primaryKey.columns)
    if (findColumn(next, column)?.nullable === true)
      throw refuse(next, column, 'a column of the primary key is never null', 'make the column not null first');
  const sql = alterTable(name, [
    ...drop,
    `add ${printPrimaryKey(primaryKey, next)}`,
    ...followForeignKeys(old, next, after.flavor),
  ]);
  const statement = old.primaryKey === undefined ? making(sql, object) : setting(sql);
  return [{ ...statement, ...keyPrechecks(old, primaryKey.columns) }];
}
