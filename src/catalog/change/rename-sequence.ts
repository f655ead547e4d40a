import { sortByName, type Catalog } from '../model/catalog.ts';
import type { ExpressionPart } from '../model/expression.ts';
import type { ObjectName } from '../model/object-name.ts';
import { mapTableExpressions } from './map-expressions.ts';
import { renamed, replaceObject } from './replace.ts';

/** The catalog with a sequence renamed, and with the defaults that take their numbers from it following. */
export function renameSequence(catalog: Catalog, from: ObjectName, to: string): Catalog {
  const name = renamed('sequence', from, to, catalog.sequences);
  return {
    ...catalog,
    sequences: sortByName(replaceObject('sequence', catalog.sequences, from, (object) => ({ ...object, ...name }))),
    tables: catalog.tables.map((table) => mapTableExpressions(table, (part) => followNumbers(part, from.name, to))),
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
