import { createHash } from 'node:crypto';
import type { Transition } from '../catalog/change/transition.ts';
import type { Column } from '../catalog/model/column.ts';
import type { LiteralValue } from '../catalog/model/expression.ts';
import { displayName } from '../catalog/model/object-name.ts';

/** Two columns that are kept in step, or are so no longer. */
export type InStep = Extract<Transition, { kind: 'keep-in-step' | 'stop-in-step' }>;

/** Names of objects may have so many bytes on every engine. */
const nameBytes = 63;

/**
 * The name of a trigger or function that keeps two columns in step. It is the same in every run. Where triggers fire in
 * the order of their names it fires last, when the others have had their say.
 */
export function inStepName({ table, from, to }: InStep, purpose: string): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([displayName(table), from, to, purpose]))
    .digest('hex')
    .slice(0, 8);
  const suffix = `__${purpose}_${digest}`;
  return `${cut(`~${from}_${to}`, nameBytes - suffix.length)}${suffix}`;
}

/** The constant that an insert gets which leaves the column out; undefined where there is none, or no constant one. */
export function constantDefault(column: Column | undefined): Exclude<LiteralValue, null> | undefined {
  return column?.default?.kind === 'literal' ? (column.default.value ?? undefined) : undefined;
}

/** The longest beginning of whole characters that has at most so many bytes. */
function cut(name: string, bytes: number): string {
  let result = '';
  for (const character of name) {
    if (Buffer.byteLength(result + character) > bytes) break;
    result += character;
  }
  return result;
}
