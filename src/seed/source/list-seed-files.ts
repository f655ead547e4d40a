import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { seedInvalid } from '../seed-error.ts';
import { isSeedClass, seedClasses, type SeedClass } from './seed-class.ts';

export interface SeedFile {
  readonly path: string;
  /** Below the seeds' directory: `essential/role.json`. What messages and the record of applied seeds say. */
  readonly file: string;
}

const dataFile = /\.(?:json|csv)(?:\.gz)?$|\.(?:ts|mts|js|mjs)$/;

/** Not seeds, and nothing that somebody may have meant as one. */
const noSeed = /^\.|\.md$|\.d\.ts$/;

/** The seeds of these classes by class, then name. A folder or file that nobody would read is an error, not left out. */
export async function listSeedFiles(directory: string, classes: readonly SeedClass[]): Promise<readonly SeedFile[]> {
  const entries = await readDirectory(directory);
  const stranger = entries.find(({ name }) => !noSeed.test(name) && !isSeedClass(name));
  if (stranger !== undefined) {
    throw seedInvalid({ file: stranger.name }, 'seeds are in one folder for each class', {
      hint: `the classes are ${seedClasses.join(', ')}`,
    });
  }
  const lists = classes.map(async (name) => await listFlatFiles(join(directory, name), `${name}/`));
  return (await Promise.all(lists)).flat();
}

/** The seed files directly in a directory, by name. */
export async function listFlatFiles(directory: string, prefix = ''): Promise<readonly SeedFile[]> {
  const entries = (await readDirectory(directory)).filter(({ name }) => !noSeed.test(name));
  const stranger = entries.find((entry) => !entry.isFile() || !dataFile.test(entry.name));
  if (stranger !== undefined) {
    throw seedInvalid({ file: prefix + stranger.name }, 'this is not a seed file', {
      hint: 'seed files end in .json, .csv, .json.gz, .csv.gz or .ts',
    });
  }
  return entries
    .map(({ name }) => ({ path: join(directory, name), file: prefix + name }))
    .toSorted((a, b) => (a.file < b.file ? -1 : 1));
}

async function readDirectory(directory: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(directory, { withFileTypes: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
