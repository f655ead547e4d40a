import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Catalog } from '../../../src/catalog/model/catalog.ts';
import { catalogOf, type SchemaModule } from '../../../src/schema/schema.ts';

/** The catalog of a schema file with this text. */
export async function catalogOfSource(source: string): Promise<Catalog> {
  const directory = await mkdtemp(join(tmpdir(), 'rowhouse-schema-'));
  try {
    const file = join(directory, 'schema.ts');
    const entry = fileURLToPath(new URL('../../../src/index.ts', import.meta.url));
    await writeFile(file, source.replaceAll("from 'rowhouse'", `from '${entry}'`));
    const module = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as SchemaModule;
    return catalogOf(module);
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** The same catalog with the members of each table in the order of their names, in which engines and authors differ. */
export function inOrder(catalog: Catalog): Catalog {
  const byName = <T extends { readonly name: string }>(members: readonly T[]): readonly T[] =>
    members.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return {
    ...catalog,
    tables: catalog.tables.map((table) => ({
      ...table,
      uniques: byName(table.uniques),
      foreignKeys: byName(table.foreignKeys),
      checks: byName(table.checks),
      indexes: byName(table.indexes),
    })),
  };
}
