import { hash, timingSafeEqual } from 'node:crypto';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { KnownCursors } from './known-cursors.ts';

/** What a cursor remembers: for which read it was made, and where it stands. */
export interface CursorContent {
  /** Hash of table, filter with its values, and order: a cursor serves the read it came from. */
  readonly read: string;
  /** The order columns' values of the row it stands on, in wire form as text; null is null. */
  readonly at: readonly (string | null)[];
}

/** A place between two rows. */
export interface Position {
  readonly at: CursorContent['at'];
  /** The row itself lies beyond the place, not before it. */
  readonly withRow: boolean;
}

/** Before a cursor: with the row that it stands on. Not signed, as it shows nothing that is not shown without it. */
const withRowMark = '~';

/** Few: those that outlive two rounds of the collector are copied twice, which took more than they spare. */
const known = new KnownCursors(20);

/** `<payload>.<signature>`, both base64url. Whoever changes a letter of it is refused. */
export function sealCursor(content: CursorContent, secret: string): string {
  const payload = Buffer.from(JSON.stringify([content.read, ...content.at])).toString('base64url');
  const cursor = `${payload}.${sign(payload, secret)}`;
  known.add(cursor, { content, secret });
  return cursor;
}

/**
 * The cursor that leads back over the same place. Two pages meet in one place: what lies beyond it one way lies before
 * it the other way.
 */
export function turnCursor(cursor: string): string {
  return cursor.startsWith(withRowMark) ? cursor.slice(withRowMark.length) : withRowMark + cursor;
}

/** Where a cursor leads. `CURSOR_INVALID` when it was made up, changed, or made for another read. */
export function openCursor(cursor: string, read: string, secret: string): Position {
  const withRow = cursor.startsWith(withRowMark);
  const content = contentOf(withRow ? cursor.slice(withRowMark.length) : cursor, secret);
  if (content.read !== read) throw invalid('it belongs to another filter or order');
  return { at: content.at, withRow };
}

function contentOf(cursor: string, secret: string): CursorContent {
  const made = known.get(cursor);
  if (made?.secret === secret) return made.content;
  const point = cursor.indexOf('.');
  const payload = cursor.slice(0, Math.max(point, 0));
  if (!sameText(cursor.slice(point + 1), sign(payload, secret))) {
    throw invalid('it was not made here, or was changed');
  }
  const [read, ...at] = JSON.parse(Buffer.from(payload, 'base64url').toString()) as [string, ...CursorContent['at']];
  return { read, at };
}

/** The hash that ties a cursor to its read. */
export function readHash(parts: readonly unknown[]): string {
  return hash('sha256', JSON.stringify(parts, bigintAsText), 'base64url').slice(0, 16);
}

function bigintAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

/**
 * 128 bits of SHA-3 over the secret and the text, in base64url: whoever lacks the secret cannot make them. What keys a hash
 * of this kind may stand before the text; the two rounds of an HMAC are for older ones (https://keccak.team/keccak_strengths.html).
 */
function sign(payload: string, secret: string): string {
  return hash('sha3-256', `${secret}.${payload}`, 'base64url').slice(0, 22);
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function invalid(reason: string): RowhouseError {
  return new RowhouseError('CURSOR_INVALID', `the cursor cannot be used: ${reason}`, {
    hint: 'start again from the first page',
  });
}
