import { sortByName, type Catalog } from '../model/catalog.ts';
import type { Expression } from '../model/expression.ts';
import { sameName, type ObjectName } from '../model/object-name.ts';
import type { RawObject } from '../model/raw-object.ts';
import { mapExpression, renaming } from './map-expressions.ts';
import { replaceWord } from './mentions.ts';
import { renamed, replaceObject, withName } from './replace.ts';

/** The catalog with a table renamed, and with what refers to it following. */
export function renameTable(catalog: Catalog, from: ObjectName, to: string): Catalog {
  const name = renamed('table or view', from, to, [...catalog.tables, ...catalog.views]);
  return withTableNamed(followInSql(catalog, from, to), from, name);
}

/** The catalog with a table under another whole name, and with the keys and sequences that refer to it following. */
export function withTableNamed(catalog: Catalog, from: ObjectName, name: ObjectName): Catalog {
  const tables = replaceObject('table', catalog.tables, from, (table) => withName(table, name));
  const follow = <T extends ObjectName>(object: T): T => (sameName(object, from) ? withName(object, name) : object);
  return {
    ...catalog,
    tables: sortByName(
      tables.map((table) => ({
        ...table,
        foreignKeys: table.foreignKeys.map((key) => ({ ...key, references: follow(key.references) })),
      })),
    ),
    sequences: catalog.sequences.map((sequence) =>
      sequence.ownedBy === undefined
        ? sequence
        : { ...sequence, ownedBy: { ...sequence.ownedBy, table: follow(sequence.ownedBy.table) } },
    ),
  };
}

/** The catalog with a view renamed in its place, and with the views that read it following. */
export function renameView(catalog: Catalog, from: ObjectName, to: string): Catalog {
  const name = renamed('table or view', from, to, [...catalog.tables, ...catalog.views]);
  const followed = followInSql(catalog, from, to);
  return { ...followed, views: replaceObject('view', followed.views, from, (view) => ({ ...view, ...name })) };
}

/** Views that name the table or view, and raw objects that belong to it or require it. */
function followInSql(catalog: Catalog, from: ObjectName, to: string): Catalog {
  const renameIn = (expression: Expression): Expression => mapExpression(expression, renaming(from.name, to));
  return {
    ...catalog,
    views: catalog.views.map((view) => ({ ...view, query: renameIn(view.query) })),
    raw: catalog.raw.map((object) => ({
      ...object,
      ...(object.table === from.name && object.namespace === from.namespace ? followTable(object, to) : {}),
      ...(object.requires === undefined
        ? {}
        : {
            requires: object.requires.map((required) =>
              sameName(required, from) ? { ...required, name: to } : required,
            ),
          }),
    })),
  };
}

/** What belongs to a table follows it on every engine, so its text is the one that names the new table. */
function followTable(object: RawObject, to: string): Partial<RawObject> {
  const follow = (texts: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
    Object.fromEntries(
      Object.entries(texts).map(([engine, text]) => [engine, replaceWord(text, object.table ?? '', to)]),
    );
  return {
    table: to,
    create: follow(object.create),
    drop: follow(object.drop),
    ...(object.replace === undefined ? {} : { replace: follow(object.replace) }),
  };
}
