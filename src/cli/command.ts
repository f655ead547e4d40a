import type { ValueKind } from '../config/value-kind.ts';
import type { CommandContext } from './command-context.ts';

/** A declared option. `--name VALUE` for text and number, `--name` for a flag. */
export type OptionDeclaration =
  | { readonly kind: 'flag'; readonly summary: string; readonly short?: string }
  | {
      readonly kind: 'text';
      readonly summary: string;
      readonly value: string;
      readonly short?: string;
      readonly required?: true;
    }
  | {
      readonly kind: 'number';
      readonly summary: string;
      readonly value: string;
      readonly short?: string;
      /** What numbers are accepted. */
      readonly of: ValueKind<number>;
    };

export type OptionDeclarations = Readonly<Record<string, OptionDeclaration>>;

/** What `run` gets for each declared option. */
export type OptionValues<O extends OptionDeclarations> = {
  readonly [K in keyof O]: O[K] extends { kind: 'flag' }
    ? boolean
    : O[K] extends { kind: 'number' }
      ? number | undefined
      : O[K] extends { required: true }
        ? string
        : string | undefined;
};

/** A positional argument. */
export interface ArgumentDeclaration {
  readonly name: string;
  readonly summary: string;
  readonly required?: boolean;
  /** The last argument only: it may be given any number of times. */
  readonly many?: true;
}

/** One command: the same declaration makes the parser, `--help` and the reference page. */
export interface Command<O extends OptionDeclarations = OptionDeclarations> {
  readonly name: string;
  readonly summary: string;
  /** A paragraph or two for `--help`. */
  readonly details?: string;
  readonly arguments?: readonly ArgumentDeclaration[];
  readonly options: O;
  readonly examples?: readonly string[];
  /** What is true after Ctrl-C, and what to do then. */
  readonly whenStopped?: string;
  /** Reads, calls and prints; gives the exit code. */
  run(context: CommandContext<OptionValues<O>>): Promise<number>;
}

/** A command of any options, as the list of commands holds it. */
export type AnyCommand = Omit<Command, 'run'> & { run(context: CommandContext<never>): Promise<number> };

export function command<const O extends OptionDeclarations>(declaration: Command<O>): Command<O> {
  return declaration;
}

/** Options that every command of a project takes. */
export const projectOptions = {
  service: { kind: 'text', value: 'NAME', summary: 'only this service; all services otherwise' },
  env: {
    kind: 'text',
    value: 'NAME',
    summary: 'environment whose .env files are read (default: ENVIRONMENT or development)',
  },
  project: { kind: 'text', value: 'FILE', summary: 'project file (default: rowhouse.config.ts here or above)' },
  json: { kind: 'flag', summary: 'print JSON to stdout' },
} as const;

type ServiceOptions = Omit<typeof projectOptions, 'service'> & {
  readonly service: { readonly kind: 'text'; readonly value: string; readonly summary: string };
};

/** The same for a command that works on one service. */
export const serviceOptions: ServiceOptions = {
  ...projectOptions,
  service: { kind: 'text', value: 'NAME', summary: 'which service, where the project has several' },
};
