import { createHash } from 'node:crypto';
import { cutName } from '../cut-name.ts';
import { postgresTraits } from '../traits.ts';

/**
 * A name for something that is there only while a change is made. It is the same in every run of the same change, and
 * nothing else has it: `parts` are everything that tells this change from others, its definition among them.
 */
export function temporaryName(name: string, purpose: TemporaryPurpose, ...parts: readonly string[]): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([purpose, name, ...parts]))
    .digest('hex')
    .slice(0, 8);
  const suffix = `__${purpose}_${digest}`;
  return `${cutName(name, postgresTraits.identifierLimit.length - suffix.length)}${suffix}`;
}

/** What the thing is for. */
export type TemporaryPurpose = 'new' | 'old' | 'check' | 'sync';
