import { RowhouseError } from '../errors/rowhouse-error.ts';

/** A place in a seed file, counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where something was read: a file and, in data files, the place in it. */
export interface Place {
  /** The file's path below the seeds' directory, with forward slashes. */
  readonly file: string;
  readonly position?: Position | undefined;
}

/** The error of a seed that cannot be: `essential/role.json:3:14: role has no column nam`. */
export function seedInvalid(place: Place, reason: string, options: SeedErrorOptions = {}): RowhouseError {
  const { file, position } = place;
  return new RowhouseError('SEED_INVALID', `${placeText(place)}: ${reason}`, {
    details: { file, ...position, ...options.details },
    hint: options.hint,
    cause: options.cause,
  });
}

export interface SeedErrorOptions {
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/** `role.json:3:14` */
export function placeText({ file, position }: Place): string {
  return position === undefined ? file : `${file}:${position.line}:${position.column}`;
}
