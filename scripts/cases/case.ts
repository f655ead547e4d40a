import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Two definitions of one engine; the plan between them is what is tried. */
export interface Case {
  readonly id: string;
  readonly corpus: string;
  readonly current: string;
  readonly desired: string;
  /** Roles that must be there before it is loaded. */
  readonly roles: readonly string[];
  readonly flavor?: string | undefined;
  readonly minVersion?: string | undefined;
  readonly maxVersion?: string | undefined;
}

interface Recorded {
  readonly id: string;
  readonly current?: string;
  readonly desired?: string;
  readonly oldSchemaDDL?: readonly string[] | null;
  readonly newSchemaDDL?: readonly string[] | null;
  readonly roles?: readonly string[] | null;
  readonly managedRoles?: readonly string[] | null;
  readonly user?: string | null;
  readonly flavor?: string | null;
  readonly minVersion?: string | null;
  readonly maxVersion?: string | null;
}

const directory = resolve(import.meta.dirname, '../../../shared/cases');

/** Where the cases are expected; undefined: they are there. */
export function missingCases(): string | undefined {
  return existsSync(directory) ? undefined : directory;
}

/** The cases of one corpus: `psql`, `stripe-pg`, `mysql`, `sqlite`, or a file of the same shape. */
export function readCases(corpus: string, file = resolve(directory, `${corpus}.json`)): readonly Case[] {
  const recorded = JSON.parse(readFileSync(file, 'utf8')) as readonly Recorded[];
  return recorded.map((one) => ({
    id: one.id,
    corpus,
    current: one.current ?? (one.oldSchemaDDL ?? []).join('\n;\n'),
    desired: one.desired ?? (one.newSchemaDDL ?? []).join('\n;\n'),
    roles: [...(one.roles ?? []), ...(one.managedRoles ?? []), ...(one.user ? [one.user] : [])],
    flavor: one.flavor ?? undefined,
    minVersion: one.minVersion ?? undefined,
    maxVersion: one.maxVersion ?? undefined,
  }));
}
