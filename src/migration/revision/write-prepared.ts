import type { PreparedRevision } from './prepare-revision.ts';
import { writeRevision } from './write-revision.ts';

/** A revision file that was written. */
export interface WrittenRevision {
  readonly file: string;
  readonly id: string;
}

/** Writes the file of a revision; where a part of it waits for old code to end, a second file that comes after it. */
export async function writePrepared(
  prepared: PreparedRevision,
): Promise<readonly [WrittenRevision, ...WrittenRevision[]]> {
  const { directory, contract, message, count } = prepared;
  const first = await writeRevision(directory, prepared);
  if (contract === undefined) return [first];
  const second = await writeRevision(directory, {
    ...prepared,
    message: `${message}, contract`,
    parents: [first.id],
    up: contract,
    phase: 'contract',
    count: count + 1,
  });
  return [first, second];
}
