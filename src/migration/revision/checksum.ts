import { contentHash } from '../../catalog/snapshot/content-hash.ts';
import type { Revision } from './revision.ts';

/** The hash of what a revision does. Its message, its formatting and the file's line endings do not count. */
export function revisionChecksum({ up, down }: Pick<Revision, 'up' | 'down'>): string {
  return contentHash(down === undefined ? { up } : { up, down });
}
