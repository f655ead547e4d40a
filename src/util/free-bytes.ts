import { statfs } from 'node:fs/promises';

/** Bytes that a file of ours may still take below this directory; undefined: it is not here, or not to be looked at. */
export async function freeBytesAt(directory: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(directory);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}
