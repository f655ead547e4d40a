import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { seedInvalid } from '../seed-error.ts';
import type { SeedFile } from './list-seed-files.ts';
import { readCsv } from './read-csv.ts';
import { readJson } from './read-json.ts';
import { readModule } from './read-module.ts';
import type { SeedSource } from './seed-source.ts';

/** A seed file as read, with the hash by which a change of it is noticed. */
export interface LoadedSeed {
  readonly source: SeedSource;
  readonly hash: string;
}

/** Reads a seed file of any kind; `SEED_INVALID` says where it is malformed. */
export async function loadSeedFile(seed: SeedFile): Promise<LoadedSeed> {
  const text = await readText(seed);
  return { source: await readSource(seed, text), hash: createHash('sha256').update(text).digest('hex') };
}

async function readSource({ path, file }: SeedFile, text: string): Promise<SeedSource> {
  const [, name = '', ending = ''] = /([^/]+?)\.(json|csv|ts|mts|js|mjs)(?:\.gz)?$/.exec(file) ?? [];
  if (ending === 'json') return readJson(text, file, name);
  return ending === 'csv' ? readCsv(text, file, name) : await readModule(path, file);
}

const unzip = promisify(gunzip);

/** As UTF-8, without a byte order mark; bytes that are not UTF-8 would become other rows silently. */
async function readText({ path, file }: SeedFile): Promise<string> {
  const bytes = await readFile(path);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file.endsWith('.gz') ? await unzip(bytes) : bytes);
  } catch (cause) {
    const expected = file.endsWith('.gz') ? 'a gzip file of UTF-8 text' : 'UTF-8 text';
    throw seedInvalid({ file }, `it is not ${expected}`, { cause });
  }
}
