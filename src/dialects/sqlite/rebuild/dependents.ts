import type { Catalog } from '../../../catalog/model/catalog.ts';
import { createView } from '../definition/view.ts';
import { sqliteText } from '../text.ts';
import { foldName } from './fold-name.ts';
import { requirements } from './mentions.ts';

/** A view or trigger of a catalog as SQL. */
export interface Dependent {
  readonly id: string;
  readonly name: string;
  readonly create: string;
  readonly drop: string;
}

/** The views and triggers that read this table or view, straight or through a view, in the order in which they are made. */
export function dependentsOf(catalog: Catalog, name: string): readonly Dependent[] {
  const all = viewsAndTriggers(catalog);
  const target = relationId(name);
  const ids = new Map(
    [...catalog.tables, ...catalog.views, ...catalog.raw.filter(({ type }) => type === 'view')].map((relation) => [
      foldName(relation.name),
      relationId(relation.name),
    ]),
  );
  const needs = requirements(
    all.map(({ id, create }) => ({ id, sql: create })),
    ids,
  );
  // A view kept as raw SQL cannot be read by SQLite: no table can be renamed while it is there.
  const broken = new Set(catalog.raw.filter(({ type }) => type === 'view').map((view) => relationId(view.name)));
  return all.filter(({ id }) => id !== target && (broken.has(id) || needs.get(id)?.includes(target) === true));
}

/** All views, then all triggers: dropped in the opposite order, no trigger outlives its view unseen. */
export function viewsAndTriggers({ views, raw }: Catalog): readonly Dependent[] {
  const rawOf = (type: 'view' | 'trigger'): readonly Dependent[] =>
    raw.flatMap((object) => {
      const create = object.create['sqlite'] ?? object.create['any'];
      const drop = object.drop['sqlite'] ?? object.drop['any'] ?? `drop ${type} ${sqliteText.name(object.name)}`;
      if (object.type !== type || create === undefined) return [];
      const id = type === 'view' ? relationId(object.name) : `trigger ${foldName(object.name)}`;
      return [{ id, name: object.name, create, drop }];
    });
  return [
    ...rawOf('view'),
    ...views.map((view) => ({
      id: relationId(view.name),
      name: view.name,
      create: createView(view),
      drop: `drop view ${sqliteText.name(view.name)}`,
    })),
    ...rawOf('trigger'),
  ];
}

function relationId(name: string): string {
  return `relation ${foldName(name)}`;
}
