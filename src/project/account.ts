import type { AnyTable } from '../schema/table/table.ts';

/** What an account may do with some tables. */
export interface Grant {
  readonly level: 'read-only' | 'read-write';
  readonly tables: readonly AnyTable[];
}

/** A login of the database with what it may do. */
export interface Account {
  readonly name: string;
  readonly grants: readonly Grant[];
  /** May select from these tables. */
  readOnly(...tables: readonly AnyTable[]): Account;
  /** May select, insert, update and delete in these tables. */
  readWrite(...tables: readonly AnyTable[]): Account;
}

/**
 * Describes an account; each call adds a grant.
 *
 * @example
 * ```ts
 * account('auth-rw').readWrite(auth.users, auth.sessions).readOnly(auth.roles)
 * ```
 */
export function account(name: string, grants: readonly Grant[] = []): Account {
  return {
    name,
    grants,
    readOnly: (...tables) => account(name, [...grants, { level: 'read-only', tables }]),
    readWrite: (...tables) => account(name, [...grants, { level: 'read-write', tables }]),
  };
}
