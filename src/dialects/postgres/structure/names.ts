import { postgresText } from '../text.ts';

/** The id of a fact: its kind and the names that lead to it: `column public.person.email`. */
export function idOf(kind: string, ...names: readonly string[]): string {
  return `${kind} ${names.map(plainOrQuoted).join('.')}`;
}

/** Quoted names joined by dots, as SQL wants them: `"public"."person"`. */
export function quoted(...names: readonly string[]): string {
  return names.map((name) => postgresText.name(name)).join('.');
}

/** A string constant. */
export function quotedText(text: string): string {
  return postgresText.literal(text);
}

/** SQL that is true for a schema which people own. `column` holds its name. */
export function isOwnSchema(column: string): string {
  return `${column} !~ '^pg_' and ${column} <> 'information_schema'`;
}

/** SQL that makes the address of a catalog row, as `ReadFact.addresses` holds it. */
export function addressOf(catalog: string, oid: string, subid = '0'): string {
  return `('${catalog}/' || ${oid} || '/' || ${subid})`;
}

function plainOrQuoted(name: string): string {
  return /^[\w$]+$/.test(name) ? name : postgresText.name(name);
}

/** Tables, indexes, views and sequences share one name space in a schema. */
export function relationName(schema: string, name: string): string {
  return idOf('relation', schema, name);
}
