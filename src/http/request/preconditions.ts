import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { HeaderReader } from './incoming.ts';

/** Entity tags of a request; `*` is any state at all. */
export type EntityTags = '*' | readonly string[];

/** What a request says about the state that it expects (RFC 9110, section 13). */
export interface Preconditions {
  readonly ifMatch: EntityTags | undefined;
  readonly ifNoneMatch: EntityTags | undefined;
}

export function readPreconditions({ headers }: { readonly headers: HeaderReader }): Preconditions {
  return { ifMatch: readTags(headers, 'if-match'), ifNoneMatch: readTags(headers, 'if-none-match') };
}

/** Does a GET's client have this representation already? Weak tags count, as it is about reading. */
export function isKnown(etag: string, { ifNoneMatch }: Preconditions): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch === '*' || ifNoneMatch.some((tag) => tag.replace(/^W\//, '') === etag);
}

function readTags(headers: HeaderReader, name: string): EntityTags | undefined {
  const text = headers.get(name)?.trim();
  if (text === undefined) return undefined;
  if (text === '*') return '*';
  const tags = text.match(/(?:W\/)?"[^"]*"/g) ?? [];
  const rest = text.replaceAll(/(?:W\/)?"[^"]*"/g, '').replaceAll(/[\s,]/g, '');
  if (tags.length > 0 && rest === '') return tags;
  throw new RowhouseError('REQUEST_INVALID', `${name} must be * or tags in quotes with commas between`);
}
