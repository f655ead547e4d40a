import type { ConnectOptions } from '../connect/connect.ts';
import type { ServiceDatabase } from '../connect/service-session.ts';
import { ExitCode } from '../errors/codes.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { CommandContext } from './command-context.ts';
import type { Output } from './output.ts';
import {
  loadProject,
  type LoadedProject,
  type LoadedService,
  type OpenOptions,
  type ProjectOptions,
} from './load-project.ts';
import { canBeMade } from './refuse-missing-file.ts';

/** A service, or what stands in its place in messages. */
type Named = Pick<LoadedService, 'name'>;

/** What a command gives for one service. */
export interface ServiceOutcome {
  /** For `--json`. */
  readonly json: unknown;
  /** Lines for a person. */
  readonly lines: readonly string[];
  readonly exitCode?: number;
}

/** Runs `work` for each chosen service with its database open as the account of migrations, and prints the outcomes; stops at the first error. */
export async function forEachService(
  context: CommandContext<ProjectOptions & { readonly json: boolean }>,
  work: (service: LoadedService, database: ServiceDatabase, loaded: LoadedProject) => Promise<ServiceOutcome>,
  opening: Pick<OpenOptions, 'missingFile'> = {},
): Promise<number> {
  const { options, output, surroundings } = context;
  const loaded = await loadProject(options, surroundings, 'migration');
  const outcomes: Record<string, unknown> = {};
  let exitCode: number = ExitCode.ok;
  for (const service of loaded.services) {
    const outcome = await forService(service, async () => {
      if (opening.missingFile === 'stand-in') sayStandIn(service, context);
      await using database = await service.open({ ...patience(service, context), ...opening });
      return await work(service, database, loaded);
    });
    outcomes[service.name] = outcome.json;
    exitCode = Math.max(exitCode, outcome.exitCode ?? ExitCode.ok);
    if (!options.json)
      for (const line of outcome.lines) print(loaded.services.length > 1 ? under(service.name, line) : line, output);
  }
  if (options.json) output.data(JSON.stringify({ ok: exitCode === ExitCode.ok, services: outcomes }, undefined, 2));
  return exitCode;
}

function sayStandIn(service: LoadedService, { output }: CommandContext<unknown>): void {
  const settings = service.settings();
  if (!canBeMade(settings)) return;
  const { database } = settings.write;
  output.say(`${service.name}: there is no database file ${database} yet; an empty database stands in for it`);
}

/** Text of several lines is a table or a statement, a line is a sentence. */
function print(text: string, output: Output): void {
  if (text.includes('\n')) output.data(text);
  else output.tell(text);
}

/** A line behind the service's name; a table below it, so that its columns stay in line. */
function under(name: string, line: string): string {
  return line.includes('\n') ? `${name}\n${line}` : `${name}: ${line}`;
}

/** Runs `work`; an error of it says which service it happened in. */
export async function forService<T>({ name }: Named, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RowhouseError)) throw error;
    throw new RowhouseError(error.code, `${name}: ${error.message}`, {
      details: { ...error.details, service: name },
      hint: error.hint,
      cause: error,
    });
  }
}

/** Says on stderr that a server is waited for, so that a pause is never silent. */
export function patience(
  { name }: Named,
  { output, surroundings }: Pick<CommandContext<unknown>, 'output' | 'surroundings'>,
): ConnectOptions {
  return {
    signal: surroundings.signal,
    onRetry: (attempt, error) => output.say(`${name}: attempt ${attempt}: ${error.message}; trying again`),
  };
}
