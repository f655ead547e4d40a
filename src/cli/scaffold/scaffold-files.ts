import { authFiles } from './auth-files.ts';
import { entityFiles } from './entity-files.ts';
import type { ScaffoldNames } from './scaffold-names.ts';

export const scaffoldKinds = ['entity', 'auth'] as const;

/** `entity` is a thing with a name; `auth` somebody who signs in with a password. */
export type ScaffoldKind = (typeof scaffoldKinds)[number];

export interface ScaffoldOptions {
  readonly names: ScaffoldNames;
  /** Its rows belong to tenants. */
  readonly tenant: boolean;
  /** Deleting stamps a row. */
  readonly softDelete: boolean;
}

/** The text of each file by its name. */
export type ScaffoldFiles = Readonly<Record<string, string>>;

/** The files of a scaffold. */
export function scaffoldFiles(kind: ScaffoldKind, options: ScaffoldOptions): ScaffoldFiles {
  switch (kind) {
    case 'entity':
      return entityFiles(options);
    case 'auth':
      return authFiles(options);
  }
}
