import { displayName } from '../../../catalog/model/object-name.ts';
import type { AskedIndex } from './asked-index.ts';
import type { Part } from './read-parts.ts';

/** Why an index cannot be made a partition at a time; undefined when it can. */
export function whyNotInParts({ kind, columns }: AskedIndex, parts: readonly Part[]): string | undefined {
  const foreign = parts.find((part) => part.kind === 'foreign');
  // The whole waits for an index of each of them, and these have none.
  if (foreign !== undefined) return `${displayName(foreign.table)} is a foreign table`;
  const keyed = parts.find(({ attached, key }) => !attached && key !== null && key.join(',') !== columns.join(','));
  if (kind !== 'primary key' || keyed === undefined) return undefined;
  return `${displayName(keyed.table)} has a primary key of its own`;
}
