import { sameName } from '../model/object-name.ts';
import type { Change } from './change.ts';

/**
 * The same changes with each foreign key moved into the `create-table` of this list that makes its table: for engines
 * that cannot add a foreign key to a table that stands. Foreign keys of other tables stay changes of their own.
 */
export function inlineForeignKeys(changes: readonly Change[]): readonly Change[] {
  const created = changes.filter((change) => change.kind === 'create-table');
  const isInlined = (change: Change): boolean =>
    change.kind === 'add-foreign-key' && created.some(({ table }) => sameName(table, change.table));
  return changes
    .filter((change) => !isInlined(change))
    .map((change) => {
      if (change.kind !== 'create-table') return change;
      const added = changes.flatMap((other) =>
        other.kind === 'add-foreign-key' && sameName(other.table, change.table) ? [other.foreignKey] : [],
      );
      return { ...change, table: { ...change.table, foreignKeys: [...change.table.foreignKeys, ...added] } };
    });
}
