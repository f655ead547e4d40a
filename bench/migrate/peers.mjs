import { cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCold } from './cold.mjs';
import { drizzleSchema, prismaSchema, wantedTables } from './shape.mjs';

const modules = fileURLToPath(new URL('../node_modules', import.meta.url));
const silent = { PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1', NO_COLOR: '1' };

/** The version of an installed peer. */
export function versionOf(name) {
  return JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8')).version;
}

/** drizzle-kit with one migration that makes everything; each run adds the second. */
export async function drizzleKit(directory, tables) {
  await mkdir(directory, { recursive: true });
  await symlink(modules, join(directory, 'node_modules'));
  const config = { dialect: 'postgresql', schema: './schema.ts', out: './drizzle' };
  await writeFile(join(directory, 'drizzle.config.json'), JSON.stringify(config));
  const generate = () =>
    runCold([process.execPath, join(modules, 'drizzle-kit/bin.cjs'), 'generate', '--config=drizzle.config.json'], {
      directory,
      environment: silent,
    });
  const [made, kept] = ['drizzle', 'kept'].map((name) => join(directory, name));
  await writeFile(join(directory, 'schema.ts'), drizzleSchema({ tables }));
  generate();
  await cp(made, kept, { recursive: true });
  await writeFile(join(directory, 'schema.ts'), drizzleSchema(wantedTables(tables)));
  return async () => {
    const run = generate();
    const sql = await readFile(join(made, lastOf(made, '.sql')), 'utf8');
    if (!isWanted(sql)) throw new Error(`drizzle-kit made something else: ${sql.slice(0, 500)}`);
    await rm(made, { recursive: true });
    await cp(kept, made, { recursive: true });
    return run;
  };
}

/** Prisma from schema file to schema file: it has no history to replay here. */
export async function prisma(directory, tables) {
  await mkdir(directory, { recursive: true });
  await symlink(modules, join(directory, 'node_modules'));
  await writeFile(join(directory, 'made.prisma'), prismaSchema({ tables }));
  await writeFile(join(directory, 'wanted.prisma'), prismaSchema(wantedTables(tables)));
  const words = ['migrate', 'diff', '--from-schema', 'made.prisma', '--to-schema', 'wanted.prisma', '--script'];
  return async () => {
    const run = runCold([process.execPath, join(modules, 'prisma/build/index.js'), ...words], {
      directory,
      environment: silent,
    });
    if (!isWanted(run.text)) throw new Error(`Prisma made something else: ${run.text.slice(0, 500)}`);
    return run;
  };
}

function lastOf(directory, ending) {
  return readdirSync(directory)
    .filter((name) => name.endsWith(ending))
    .toSorted()
    .at(-1);
}

function isWanted(sql) {
  return sql.match(/create table/gi)?.length === 1 && sql.match(/add column/gi)?.length === 1;
}
