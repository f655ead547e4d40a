import type { Output } from './output.ts';

/** What a command works with: its parsed words, where to print, and the surroundings it runs in. */
export interface CommandContext<Options> {
  readonly options: Options;
  readonly arguments: readonly string[];
  readonly output: Output;
  readonly surroundings: Surroundings;
}

/** The process around a command, handed in so that commands read nothing global. */
export interface Surroundings {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Fires on SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
}
