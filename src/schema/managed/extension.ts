import { rawObject, type RawDefinition } from '../raw-object.ts';
import { doubleQuoted } from './sql-text.ts';

/**
 * An extension of PostgreSQL that the tables need: `extension('citext')`. `namespace` is where its objects go.
 * One that stands already is left as it is.
 */
export function extension(name: string, options: { readonly namespace?: string } = {}): RawDefinition {
  const place = options.namespace === undefined ? '' : ` with schema ${doubleQuoted({ name: options.namespace })}`;
  return rawObject({
    type: 'extension',
    name,
    stage: 'before-tables',
    create: { postgresql: `create extension if not exists ${doubleQuoted({ name })}${place}` },
    drop: { postgresql: `drop extension ${doubleQuoted({ name })}` },
  });
}
