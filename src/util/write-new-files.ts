import { rm } from 'node:fs/promises';
import { writeNewFile } from './write-new-file.ts';

/** A file to write, with its whole path. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
}

/** Writes files that are not there yet, all or none: half of what belongs together would stand in the way of the rest. */
export async function writeNewFiles(files: readonly NewFile[]): Promise<void> {
  const written: string[] = [];
  try {
    for (const { path, text } of files) {
      await writeNewFile(path, text);
      written.push(path);
    }
  } catch (error) {
    for (const path of written) await rm(path, { force: true });
    throw error;
  }
}
