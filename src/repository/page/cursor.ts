import { hash, timingSafeEqual } from 'node:crypto';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { signCursor } from './cursor-signature.ts';

/** What a cursor remembers: for which read it was made, which way it leads, and where it stands. */
export interface CursorContent {
  /** Hash of table, filter with its values, and order: a cursor serves the read it came from. */
  readonly read: string;
  /** The order columns' values of the row it stands on, in wire form as text; null is null. */
  readonly at: readonly (string | null)[];
}

/** `<payload>.<signature>`, both base64url. Whoever changes a letter of it is refused. */
export function sealCursor(content: CursorContent, secret: string): string {
  const payload = Buffer.from(JSON.stringify([content.read, ...content.at])).toString('base64url');
  return `${payload}.${signCursor(payload, secret)}`;
}

/** The content of a cursor. `CURSOR_INVALID` when it was made up, changed, or made for another read. */
export function openCursor(cursor: string, read: string, secret: string): CursorContent {
  const point = cursor.indexOf('.');
  const payload = cursor.slice(0, Math.max(point, 0));
  if (!sameText(cursor.slice(point + 1), signCursor(payload, secret))) {
    throw invalid('it was not made here, or was changed');
  }
  const at = JSON.parse(Buffer.from(payload, 'base64url').toString()) as (string | null)[];
  if (at.shift() !== read) throw invalid('it belongs to another filter or order');
  return { read, at };
}

/** The hash that ties a cursor to its read. */
export function readHash(parts: readonly unknown[]): string {
  return hash('sha256', JSON.stringify(parts, bigintAsText), 'base64url').slice(0, 16);
}

function bigintAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
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
