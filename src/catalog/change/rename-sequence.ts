import { sortByName, type Catalog } from '../model/catalog.ts';
import type { ExpressionPart } from '../model/expression.ts';
import { displayName, type ObjectName } from '../model/object-name.ts';
import { mapTableExpressions } from './map-expressions.ts';
import { renamed, replaceObject, withName } from './replace.ts';

/** The catalog with a sequence renamed, and with the defaults that take their numbers from it following. */
export function renameSequence(catalog: Catalog, from: ObjectName, to: string): Catalog {
  return moveSequence(catalog, from, renamed('sequence', from, to, catalog.sequences));
}

/** The catalog with a sequence under another whole name, and with the defaults that take their numbers from it following. */
export function moveSequence(catalog: Catalog, from: ObjectName, name: ObjectName): Catalog {
  const follow = (part: ExpressionPart): ExpressionPart =>
    from.namespace === name.namespace
      ? followNumbers(part, from.name, name.name)
      : followNumbers(part, displayName(from), displayName(name));
  return {
    ...catalog,
    sequences: sortByName(replaceObject('sequence', catalog.sequences, from, (object) => withName(object, name))),
    tables: catalog.tables.map((table) => mapTableExpressions(table, follow)),
  };
}

/** `nextval` takes the name as a string, so in a definition it is a constant, a name or a word in quotes. */
function followNumbers(part: ExpressionPart, from: string, to: string): ExpressionPart {
  switch (part.kind) {
    case 'name':
      return part.name === from ? { ...part, name: to } : part;
    case 'literal':
      return part.value === from ? { ...part, value: to } : part;
    case 'text':
      return { ...part, text: part.text.replaceAll(`nextval('${from}'`, () => `nextval('${to}'`) };
  }
}
