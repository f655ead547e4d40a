import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { Catalog } from '../model/catalog.ts';
import { displayName } from '../model/object-name.ts';
import { compareObjects } from './members.ts';
import { isAlike } from './possible-renames.ts';

/**
 * Refuses a table that is gone from one namespace while one like it, of the same name, is new in another: making it anew
 * would lose its rows. The names in `drops` are meant to go.
 */
export function refuseMovedTables(from: Catalog, to: Catalog, drops: readonly string[]): void {
  const { gone, fresh } = compareObjects(from.tables, to.tables);
  for (const old of gone) {
    const moved = fresh.find((table) => table.name === old.name && isAlike(old, table));
    if (moved === undefined || drops.includes(displayName(old))) continue;
    throw new RowhouseError(
      'CHANGE_UNSUPPORTED',
      `table ${displayName(old)} is gone and ${displayName(moved)} is new: a table is not moved to another namespace by itself`,
      {
        details: { gone: displayName(old), new: displayName(moved) },
        hint: `move it in a raw-sql change first; or, if its rows are to go, give a file with --hints: ${JSON.stringify({ drops: [displayName(old)] })}`,
      },
    );
  }
}
