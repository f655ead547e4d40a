import { createHash } from 'node:crypto';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { Preconditions } from '../request/preconditions.ts';
import type { WireField } from '../wire/wire-field.ts';
import type { Resource } from './resource.ts';

type Row = Readonly<Record<string, unknown>>;

/**
 * The entity tag of a row: its version, and a mark of what the resource shows, so that caches do not outlive a change of
 * that. Undefined for a resource without versions.
 */
export function etagOf(row: Row, { version, fields }: Resource): string | undefined {
  return version === undefined ? undefined : `"${String(row[version.key])}-${shapeOf(fields)}"`;
}

/** Refuses a write that must say which version it means, and does not: `PRECONDITION_REQUIRED`. */
export function requireMatch({ requiresMatch }: Resource, { ifMatch }: Preconditions): void {
  if (requiresMatch && ifMatch === undefined)
    throw new RowhouseError('PRECONDITION_REQUIRED', 'say in If-Match which version of the row is meant');
}

/** Refuses a write that means another version of the row than the one there is: `VERSION_CONFLICT`. */
export function checkMatch(row: Row, { version }: Resource, { ifMatch }: Preconditions): void {
  if (ifMatch === undefined || ifMatch === '*') return;
  // The version counts, not the mark: a release that shows one property more does not refuse the writers of the old one.
  const current = version === undefined ? undefined : String(row[version.key]);
  if (!ifMatch.some((tag) => versionOf(tag) === current))
    throw new RowhouseError('VERSION_CONFLICT', 'the row has another version than If-Match says');
}

/** The one version that a write means: the repository then refuses another in one statement. */
export function versionMeant({ version }: Resource, { ifMatch }: Preconditions): number | bigint | undefined {
  if (version === undefined || typeof ifMatch !== 'object' || ifMatch.length !== 1) return undefined;
  const text = versionOf(ifMatch[0] ?? '');
  if (text === undefined) return undefined;
  return version.type.kind === 'bigint' ? BigInt(text) : Number(text);
}

/** The version in a strong tag; a weak one never matches a write. */
function versionOf(tag: string): string | undefined {
  return /^"(\d{1,9})(?:-\w*)?"$/.exec(tag)?.[1];
}

const shapes = new WeakMap<readonly WireField[], string>();

function shapeOf(fields: readonly WireField[]): string {
  let shape = shapes.get(fields);
  if (shape === undefined) {
    const shown = fields.filter((field) => field.shown).map(({ key, wire }) => [key, wire.schema]);
    shape = createHash('sha256').update(JSON.stringify(shown)).digest('hex').slice(0, 8);
    shapes.set(fields, shape);
  }
  return shape;
}
