import { integer, seconds } from '../config/value-kind.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { MigrationContext } from '../migration/run/migration-context.ts';
import type { OptionDeclaration } from './command.ts';

interface RunOptions {
  readonly lockTimeout: Extract<OptionDeclaration, { kind: 'number' }>;
  readonly retryFor: Extract<OptionDeclaration, { kind: 'number' }>;
  readonly blockedRows: Extract<OptionDeclaration, { kind: 'number' }>;
  readonly dryRun: Extract<OptionDeclaration, { kind: 'flag' }>;
  readonly askServer: Extract<OptionDeclaration, { kind: 'flag' }>;
}

/** Options of the commands that run revisions. */
export const runOptions: RunOptions = {
  lockTimeout: {
    kind: 'number',
    value: 'SECONDS',
    of: seconds(0.001, 3600),
    summary: 'how long one try for a lock may keep others waiting (default: 2)',
  },
  retryFor: {
    kind: 'number',
    value: 'SECONDS',
    of: seconds(0, 86_400),
    summary: 'for how long a lock that was not given is tried for again (default: 600)',
  },
  blockedRows: {
    kind: 'number',
    value: 'ROWS',
    of: integer(0, Number.MAX_SAFE_INTEGER),
    summary: 'how many rows of a table may be read or copied while others wait (default: 1000)',
  },
  dryRun: { kind: 'flag', summary: 'print the statements and run nothing; reads the ledger only' },
  askServer: {
    kind: 'flag',
    summary:
      'with --dry-run: ask the server how it would alter each table, on empty tables or a scratch database that are dropped at once',
  },
};

/** Is a dry run to ask the server? Throws `USAGE` where the option stands without one. */
export function asksServer({ dryRun, askServer }: { readonly dryRun: boolean; readonly askServer: boolean }): boolean {
  if (askServer && !dryRun) throw new RowhouseError('USAGE', '--ask-server goes with --dry-run: a run always asks');
  return askServer;
}

interface GivenLimits {
  readonly lockTimeout: number | undefined;
  readonly retryFor: number | undefined;
  readonly blockedRows?: number | undefined;
}

/** The migration with the limits that were given. */
export function withLimits(
  migration: MigrationContext,
  { lockTimeout, retryFor, blockedRows }: GivenLimits,
): MigrationContext {
  return { ...migration, lockTimeoutMs: lockTimeout, retryForMs: retryFor, blockedRows };
}
