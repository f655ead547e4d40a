import type { Catalog } from '../model/catalog.ts';
import { displayName, sameName, type ObjectName } from '../model/object-name.ts';
import type { RawObject } from '../model/raw-object.ts';
import type { Alteration } from './alteration.ts';
import { replaceWord } from './mentions.ts';
import { withTableNamed } from './rename-relation.ts';
import { moveSequence } from './rename-sequence.ts';
import { moveEnum } from './rename-type.ts';
import { free, replaceObject, withName } from './replace.ts';

export type Move = Extract<Alteration, { readonly kind: 'move-object' }>;

/** The catalog with an object in another namespace, and with what refers to it or belongs to it following. */
export function moveObject(catalog: Catalog, { of, object: from, to }: Move): Catalog {
  const relations = [...catalog.tables, ...catalog.views];
  switch (of) {
    case 'table':
      return moveTable(catalog, from, free('table or view', to, relations));
    case 'view': {
      const name = free('table or view', to, relations);
      const views = replaceObject('view', catalog.views, from, (view) => withName(view, name));
      return { ...catalog, views, raw: followRaw(catalog.raw, from, to) };
    }
    case 'sequence':
      return moveSequence(catalog, from, free('sequence', to, catalog.sequences));
    case 'enum':
      return moveEnum(catalog, from, free('enum', to, catalog.enums));
  }
}

/** A sequence stays in the namespace of the table that owns it. */
function moveTable(catalog: Catalog, from: ObjectName, to: ObjectName): Catalog {
  const owned = catalog.sequences.filter(({ ownedBy }) => ownedBy !== undefined && sameName(ownedBy.table, from));
  const moved = withTableNamed({ ...catalog, raw: followRaw(catalog.raw, from, to) }, from, to);
  return owned.reduce((before, sequence) => moveSequence(before, sequence, inPlace(sequence, to)), moved);
}

function inPlace({ name }: ObjectName, { namespace }: ObjectName): ObjectName {
  return namespace === undefined ? { name } : { namespace, name };
}

/** What belongs to a table or view goes where it goes, and its text names it there. */
function followRaw(objects: readonly RawObject[], from: ObjectName, to: ObjectName): readonly RawObject[] {
  const follow = (texts: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
    Object.fromEntries(
      Object.entries(texts).map(([engine, text]) => [engine, replaceWord(text, displayName(from), displayName(to))]),
    );
  return objects.map((object) => {
    const requires = object.requires?.map((required) => (sameName(required, from) ? withName(required, to) : required));
    const kept = requires === undefined ? object : { ...object, requires };
    if (object.table !== from.name || object.namespace !== from.namespace) return kept;
    return {
      ...withName(kept, inPlace(kept, to)),
      table: to.name,
      create: follow(object.create),
      drop: follow(object.drop),
      ...(object.replace === undefined ? {} : { replace: follow(object.replace) }),
    };
  });
}
