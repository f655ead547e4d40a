import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import { moduleFailure } from '../util/module-failure.ts';
import type { SchemaModule } from './schema.ts';

/** Modules, and neither types nor tests. */
const moduleFile = /(?<!\.d|\.test|\.spec)\.(?:ts|mts|js|mjs)$/;

/**
 * Everything that the modules of some folders export, so that a new table needs no list to be put in.
 *
 * @example
 * ```ts
 * const schema = await discoverSchema(new URL('./services/auth/models', import.meta.url));
 * ```
 */
export async function discoverSchema(...folders: readonly (string | URL)[]): Promise<SchemaModule> {
  const found: Record<string, unknown> = {};
  for (const folder of folders) {
    for (const file of await moduleFiles(typeof folder === 'string' ? resolve(folder) : fileURLToPath(folder))) {
      for (const [name, exported] of Object.entries(await importModule(file))) {
        if (name === 'default') continue;
        if (name in found && found[name] !== exported) throw exportedTwice(name, file);
        found[name] = exported;
      }
    }
  }
  return found;
}

async function moduleFiles(folder: string): Promise<readonly string[]> {
  const { readdir } = await import('node:fs/promises');
  try {
    const names = await readdir(folder, { recursive: true });
    return names
      .filter((name) => moduleFile.test(name) && !name.includes('node_modules'))
      .toSorted()
      .map((name) => join(folder, name));
  } catch (cause) {
    throw new RowhouseError('SCHEMA_INVALID', `the folder ${folder} cannot be read`, { details: { folder }, cause });
  }
}

async function importModule(file: string): Promise<object> {
  try {
    const module: object = await import(pathToFileURL(file).href);
    return module;
  } catch (cause) {
    if (RowhouseError.has(cause, 'SCHEMA_INVALID')) throw cause;
    throw new RowhouseError('SCHEMA_INVALID', `${file} cannot be loaded: ${moduleFailure(cause)}`, {
      details: { file },
      cause,
    });
  }
}

function exportedTwice(name: string, file: string): RowhouseError {
  return new RowhouseError('SCHEMA_INVALID', `${file} exports ${name}, which another file exports as something else`, {
    details: { file, name },
    hint: 'give one of them another name',
  });
}
