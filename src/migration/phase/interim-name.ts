import { contentHash } from '../../catalog/snapshot/content-hash.ts';

/** Names of objects may have so many bytes on every engine. */
const nameBytes = 63;

/** The name that an index or constraint has until the one whose place it takes is gone. */
export function interimName(name: string): string {
  const suffix = `__new_${contentHash(name).slice(0, 8)}`;
  let kept = name;
  while (Buffer.byteLength(kept + suffix) > nameBytes) kept = kept.slice(0, -1);
  return kept + suffix;
}
