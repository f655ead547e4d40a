import { applyChanges } from '../../../src/catalog/change/apply.ts';
import type { Change } from '../../../src/catalog/change/change.ts';
import { createCatalog } from '../../../src/catalog/change/create-catalog.ts';
import { diffCatalogs } from '../../../src/catalog/diff/diff-catalogs.ts';
import { emptyCatalog } from '../../../src/catalog/model/catalog.ts';
import { splitPhases } from '../../../src/migration/phase/split-phases.ts';
import type { LoadedRevision } from '../../../src/migration/revision/revision.ts';
import { integer, text } from '../../../src/schema/column/types.ts';
import { catalogOf } from '../../../src/schema/schema.ts';
import { index } from '../../../src/schema/table/members.ts';
import { table } from '../../../src/schema/table/table.ts';
import { revision } from '../../integration/migration/history.ts';

/** The tables as the old version of the code knows them. */
export const old = {
  people: table(
    'person',
    { id: integer().primaryKey(), name: text({ max: 60 }), visits: integer().default(0) },
    (t) => [index(t.name)],
  ),
  places: table('shop', { id: integer().primaryKey(), name: text({ max: 60 }).unique() }),
};

/** As the new version does: a column and a table have other names. */
export const fresh = {
  people: table(
    'person',
    { id: integer().primaryKey(), fullName: text({ max: 60 }), visits: integer().default(0) },
    (t) => [index(t.fullName)],
  ),
  places: table('store', { id: integer().primaryKey(), name: text({ max: 60 }).unique() }),
};

/** What the new version's history is: `first`, then the two phases of the renames. */
export function shopHistory(): readonly LoadedRevision[] {
  const first = createCatalog(catalogOf(old));
  const before = applyChanges(first, emptyCatalog);
  const { expand, contract } = splitPhases(renames(), before);
  return [
    revision('first', [], first),
    revision('expand', ['first'], expand, { phase: 'expand' }),
    revision('contract', ['expand'], contract, { phase: 'contract' }),
  ];
}

function renames(): readonly Change[] {
  return diffCatalogs(applyChanges(createCatalog(catalogOf(old)), emptyCatalog), catalogOf(fresh), {
    renames: [
      { kind: 'rename-table', table: { name: 'shop' }, to: 'store' },
      { kind: 'rename-column', table: { name: 'person' }, column: 'name', to: 'full_name' },
    ],
    drops: [],
  });
}
