import type { ServiceDatabase } from '../connect/service-session.ts';

/** What a project's own command works with: its words, and the databases it asks for. */
export interface ProjectCommandContext<Name extends string = string> {
  readonly arguments: Readonly<Record<Name, string>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Fires on SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
  /** Opens the database of a service, or of the only one; it is closed when the command ends. */
  readonly open: (service?: string) => Promise<ServiceDatabase>;
  /** Writes a line to stdout. */
  readonly print: (line: string) => void;
}

/** A command of a project's own, beside the built-in ones. Its name may be several words: `user create`. */
export interface ProjectCommand<Name extends string = string> {
  readonly summary: string;
  /** A paragraph for `--help`. */
  readonly details?: string;
  /** Names of the words that must follow the command, in order. */
  readonly arguments?: readonly Name[];
  run(context: ProjectCommandContext<Name>): Promise<void>;
}

/**
 * Describes a command of the project's own, with the names of its arguments in its type.
 *
 * @example
 * ```ts
 * export const promote = projectCommand({
 *   summary: 'give a user the administrator role',
 *   arguments: ['email'],
 *   async run({ arguments: { email }, open }) {
 *     const database = await open();
 *     await database.repository(schema.users).updateWhere({ email }, { superuser: true }, { expected: 1 });
 *   },
 * });
 * ```
 */
export function projectCommand<const Name extends string = never>(command: ProjectCommand<Name>): ProjectCommand<Name> {
  return command;
}

/** A command whatever its arguments are called, as a project holds it. */
export type AnyProjectCommand = Omit<ProjectCommand, 'run'> & { run(context: ProjectCommandContext): Promise<void> };
