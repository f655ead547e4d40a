import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { QueryWriter } from '../query-writer.ts';
import type { TablePlan } from '../table-plan.ts';
import { encodeValue } from './encode-value.ts';

/** The version that a write means, as a tail of its condition. */
export interface ExpectedVersion {
  /** Part of the plan's key; empty: any version will do. */
  readonly key: string;
  /** ` and "version" = …`, or nothing. */
  compile(writer: QueryWriter): string;
  readonly values: readonly unknown[];
}

export const anyVersion: ExpectedVersion = { key: '', compile: () => '', values: [] };

/** Undefined: any version. `CAPABILITY_MISSING` on a table that counts none. */
export function expectVersion(version: unknown, plan: TablePlan): ExpectedVersion {
  if (version === undefined) return anyVersion;
  const field = plan.version;
  if (field === undefined) {
    throw new RowhouseError('CAPABILITY_MISSING', `${plan.label} does not count the versions of its rows`, {
      details: { table: plan.label },
      hint: 'add ...version() to the table',
    });
  }
  return {
    key: 'v',
    compile: (writer) => ` and ${field.name} = ${writer.placeholder()}`,
    values: [encodeValue(field, version, plan)],
  };
}

/** The patch, and apart from it the version that it means. */
export function splitVersion(
  given: object,
  { version }: TablePlan,
): { readonly patch: object; readonly version?: unknown } {
  if (version === undefined || !Object.hasOwn(given, version.key)) return { patch: given };
  const { [version.key]: expected, ...patch } = given as Record<string, unknown>;
  return { patch, version: expected };
}

/** The error of a write that means a version which the row no longer has. */
export function versionConflict({ label }: TablePlan): RowhouseError {
  return new RowhouseError('VERSION_CONFLICT', `the row of ${label} has changed since it was read`, {
    details: { table: label },
    hint: 'read the row again and decide anew',
  });
}
