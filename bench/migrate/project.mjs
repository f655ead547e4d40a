import { copyFile, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { lateColumns, rowhouseSchema, wantedTables } from './shape.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Writes a project whose revisions make all its tables: the first half makes them without some columns and indexes, the
 * second half adds those. Its schema then wants a table and a column more.
 */
export async function writeProject(directory, { build, tables, revisions }) {
  await installRowhouse(directory, build);
  const migrations = join(directory, 'migrations');
  await mkdir(migrations, { recursive: true });
  await writeFile(join(directory, 'package.json'), '{ "private": true, "type": "module" }\n');
  await writeFile(join(directory, 'rowhouse.config.ts'), config);
  const made = join(directory, 'made.ts');
  await writeFile(made, rowhouseSchema({ tables }));
  await writeFile(join(directory, 'schema.ts'), rowhouseSchema(wantedTables(tables)));
  const { catalogOf } = await import(`${build}/migration/index.js`);
  const catalog = catalogOf(await import(pathToFileURL(made).href));
  await writeHistory(migrations, historyOf(catalog.tables, revisions), build);
  return { directory, migrations, catalog };
}

const config = `import { defineProject, service } from 'rowhouse';
import * as schema from './schema.ts';

export default defineProject({ name: 'bench', services: { bench: service({ schema, migrations: './migrations' }) } });
`;

/** The package as npm would install it; its files are those of the build. */
async function installRowhouse(directory, build) {
  const installed = join(directory, 'node_modules/rowhouse');
  await mkdir(installed, { recursive: true });
  await copyFile(join(root, 'package.json'), join(installed, 'package.json'));
  await symlink(build, join(installed, 'dist'));
}

/** The changes of each revision. */
function historyOf(tables, revisions) {
  const early = Math.ceil(revisions / 2);
  return [...shares(tables, early).map(makeTables), ...shares(tables, revisions - early).map(growTables)];
}

function shares(items, count) {
  const at = (share) => Math.round((share * items.length) / count);
  return Array.from({ length: count }, (_, share) => items.slice(at(share), at(share + 1)));
}

function makeTables(tables) {
  return tables.map((table) => ({
    kind: 'create-table',
    table: {
      ...table,
      columns: table.columns.filter(({ name }) => !lateColumns.includes(name)),
      foreignKeys: [],
      indexes: [],
    },
  }));
}

function growTables(tables) {
  return tables.flatMap(({ name, columns, foreignKeys, indexes }) => [
    ...columns
      .filter((column) => lateColumns.includes(column.name))
      .map((column) => ({ kind: 'add-column', table: { name }, column })),
    ...foreignKeys.map((foreignKey) => ({ kind: 'add-foreign-key', table: { name }, foreignKey })),
    ...indexes.map((index) => ({ kind: 'create-index', table: { name }, index })),
  ]);
}

async function writeHistory(migrations, history, build) {
  const { writeRevision } = await import(`${build}/migration/revision/write-revision.js`);
  let parents = [];
  for (const [count, up] of history.entries()) {
    const at = new Date(Date.UTC(2026, 0, 1) + count * 60_000);
    const template = '{sequence}_{slug}';
    const made = await writeRevision(migrations, { message: 'a step', parents, up, at, count, template });
    parents = [made.id];
  }
}
