import type { StreamOptions } from '../driver/connection.ts';
import { refuseUnknownOption } from '../util/refuse-unknown-option.ts';
import { optionNames } from '../util/unknown-option.ts';
import type { CloseOptions, PinnedOptions, SessionOptions } from './database.ts';
import type { AfterOptions } from './replica/read-session.ts';
import type { QueryOptions, RunOptions } from './session.ts';

/** What takes options, transactions aside. */
type Optioned = 'a statement' | 'a stream' | 'a pinned session' | 'a session' | 'after' | 'close';

const optionsOf: Readonly<Record<Optioned, ReadonlySet<string>>> = {
  'a statement': optionNames<QueryOptions>({
    signal: true,
    timeoutMs: true,
    idempotent: true,
    types: true,
    bigintRows: true,
  }),
  'a stream': optionNames<RunOptions & StreamOptions>({
    signal: true,
    timeoutMs: true,
    idempotent: true,
    batchRows: true,
  }),
  'a pinned session': optionNames<PinnedOptions>({ signal: true }),
  'a session': optionNames<SessionOptions>({ after: true, withinMs: true }),
  after: optionNames<AfterOptions>({ withinMs: true }),
  close: optionNames<CloseOptions>({ withinMs: true }),
};

/** Refuses an option that a call on a session does not have: a mistyped bound would bound nothing. */
export function refuseUnknownOptions(options: object | undefined, of: Optioned): void {
  if (options !== undefined) refuseUnknownOption(options, optionsOf[of], of);
}
