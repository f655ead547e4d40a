import type { Environment } from '../../../../src/config/environment.ts';
import type { Settings } from '../../../../src/config/settings.ts';
import type { Target } from '../../../../src/driver/target.ts';
import type { ErrorCode } from '../../../../src/errors/codes.ts';

type Expected =
  | { readonly write: Partial<Target> }
  | {
      readonly settings: Partial<Omit<Settings, 'write' | 'replicas'>> & {
        write?: Partial<Target>;
        replicas?: readonly Partial<Target>[];
      };
    }
  | { readonly error: ErrorCode; readonly message: string; readonly hint?: RegExp };

/** One environment and what becomes of it. */
export interface Case {
  readonly name: string;
  readonly environment: Environment;
  readonly files?: Readonly<Record<string, string>>;
  readonly gives: Expected;
}

/** A complete address of a server. */
export const url = 'postgresql://app:pw@db/shop';
/** The parts that a server cannot do without. */
export const account = { DB_NAME: 'shop', DB_USER: 'app', DB_PASSWORD: 'pw' };
