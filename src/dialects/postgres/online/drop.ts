import type { ObjectName } from '../../../catalog/model/object-name.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import type { Safety } from '../../../dialect/structure/rules.ts';
import { postgresText, qualified } from '../text.ts';
import { lockPartsGently } from './lock-gently.ts';
import { begins, joins, plainly } from './step.ts';

/** Drops a foreign key, check or key. It locks both tables of a foreign key, so `online` gives it its own transaction. */
export function dropConstraint(table: ObjectName, name: string, safe: Safety): DefinitionStatement {
  const sql = `alter table ${qualified(table)} drop constraint ${postgresText.name(name)}`;
  return safe === 'plain' ? plainly(sql) : begins(sql);
}

/**
 * Drops an index or a key of a partitioned table, which locks all of its partitions: `sql` in one transaction with locks
 * that nobody waits long for.
 */
export function dropWithParts(table: ObjectName, sql: string): readonly DefinitionStatement[] {
  const note = `${table.name} and all of its partitions are locked for a moment`;
  return [begins(lockPartsGently(table), { note }), joins(sql)];
}

/** Drops a table. `online` drops its foreign keys one by one before, so that no two tables are locked for longer. */
export function dropTable(
  table: ObjectName,
  foreignKeys: readonly string[],
  safe: Safety,
): readonly DefinitionStatement[] {
  const sql = `drop table ${qualified(table)}`;
  if (safe === 'plain') return [plainly(sql)];
  return [...foreignKeys.map((name) => dropConstraint(table, name, safe)), begins(sql)];
}

export function dropColumn(table: ObjectName, column: string, safe: Safety): DefinitionStatement {
  const sql = `alter table ${qualified(table)} drop column ${postgresText.name(column)}`;
  const options = { note: `the values of ${table.name}.${column} are lost` };
  return safe === 'plain' ? plainly(sql, options) : begins(sql, options);
}
