import { uuidv7 as makeUuidv7 } from '../../util/uuidv7.ts';
import type { CodeDefault, NowDefault } from './column-builder.ts';

/** The moment of the insert, by the database's clock. */
export function now(): NowDefault {
  return { kind: 'now' };
}

/** A new UUID of version 7 for each row: unique everywhere, and later ones sort after earlier ones. */
export function uuidv7(): CodeDefault<string> {
  return { kind: 'code-default', make: makeUuidv7 };
}

/** Calls `make` in this process for each inserted row that does not give the column. */
export function fromCode<Value>(make: () => Value): CodeDefault<Value> {
  return { kind: 'code-default', make };
}
