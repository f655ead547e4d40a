import { describe, expect, test } from 'vitest';
import { applyChange, applyChanges } from '../../../../src/catalog/change/apply.ts';
import { CatalogDraft } from '../../../../src/catalog/change/catalog-draft.ts';
import type { Change } from '../../../../src/catalog/change/change.ts';
import { createCatalog } from '../../../../src/catalog/change/create-catalog.ts';
import { emptyCatalog, type Catalog } from '../../../../src/catalog/model/catalog.ts';
import { product, shop } from '../diff/shop.ts';

const table = { name: 'product' };
const note = { name: 'note', type: { kind: 'text' }, nullable: true } as const;
const other = { ...product, namespace: 'billing', foreignKeys: [] };

/** Changes of one table, of several, and of none, in turns. */
const history: readonly Change[] = [
  ...createCatalog(shop),
  { kind: 'add-column', table, column: note },
  { kind: 'create-table', table: { ...product, name: 'aardvark', foreignKeys: [] } },
  { kind: 'create-table', table: other },
  { kind: 'drop-check', table: { name: 'product', namespace: 'billing' }, name: product.checks[0]?.name ?? '' },
  { kind: 'rename-table', table, to: 'article' },
  { kind: 'set-table-comment', table: { name: 'article' }, comment: 'what is sold' },
  { kind: 'alter-column', table: { name: 'article' }, column: { ...note, nullable: false } },
  { kind: 'raw-sql', up: { any: 'select 1' } },
  { kind: 'park-column', table: { name: 'article' }, column: 'note' },
  { kind: 'restore-column', table: { name: 'article' }, column: note },
  { kind: 'drop-table', table: { name: 'aardvark' } },
  { kind: 'create-table', table: { ...product, name: 'zebra', foreignKeys: [] } },
  { kind: 'park-table', table: { name: 'zebra' } },
];

describe('a draft', () => {
  test('is after every change what applying the changes one by one gives', () => {
    const draft = new CatalogDraft(emptyCatalog);
    let catalog: Catalog = emptyCatalog;
    for (const change of history) {
      draft.apply(change);
      catalog = applyChange(change, catalog);
      expect(draft.catalog(), change.kind).toEqual(catalog);
    }
  });

  test('needs nobody to look at it between', () => {
    const draft = new CatalogDraft(emptyCatalog);
    for (const change of history) draft.apply(change);

    expect(draft.catalog()).toEqual(applyChanges(history, emptyCatalog));
  });

  test.each<Change>([
    { kind: 'create-table', table: product },
    { kind: 'drop-table', table: { name: 'nowhere' } },
    { kind: 'add-column', table: { name: 'nowhere' }, column: note },
    { kind: 'drop-column', table, column: 'nowhere' },
    { kind: 'alter-column', table: { name: 'nowhere' }, column: note },
    { kind: 'create-namespace', name: 'twice' },
  ])('refuses what does not fit as the catalog does, and stays as it was: $kind', (change) => {
    const start = applyChange({ kind: 'create-namespace', name: 'twice' }, shop);
    const draft = new CatalogDraft(start);

    expect(() => draft.apply(change)).toThrow(messageOf(() => applyChange(change, start)));
    expect(draft.catalog()).toEqual(start);
  });
});

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof Error) return error.message;
  }
  throw new Error('nothing was refused');
}
