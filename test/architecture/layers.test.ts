import { expect, test } from 'vitest';
import { sourceFiles, type SourceFile } from './source-files.ts';

/** Each folder with the folders it may import beside itself. A folder that is not here fails the test. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  util: ['errors'],
  sql: ['errors', 'util'],
  catalog: ['errors', 'util', 'sql'],
  schema: ['errors', 'util', 'sql', 'catalog'],
  driver: ['errors', 'util', 'sql', 'catalog'],
  dialect: ['errors', 'util', 'sql', 'catalog', 'driver'],
  config: ['errors', 'util', 'driver', 'dialect'],
  project: ['errors', 'util', 'sql', 'catalog', 'schema', 'connect', 'lifecycle'],
  database: ['errors', 'util', 'sql', 'catalog', 'driver', 'dialect'],
  repository: ['errors', 'util', 'sql', 'catalog', 'schema', 'driver', 'dialect', 'database'],
  telemetry: ['errors', 'util', 'driver', 'database'],
  lease: ['errors', 'util', 'sql', 'catalog', 'schema', 'driver', 'dialect', 'database', 'repository'],
  migration: ['errors', 'util', 'sql', 'catalog', 'schema', 'driver', 'dialect', 'database', 'repository', 'lease'],
  seed: ['errors', 'util', 'sql', 'catalog', 'schema', 'driver', 'dialect', 'database', 'repository'],
  lifecycle: ['errors', 'util', 'sql', 'catalog', 'schema', 'driver', 'dialect', 'database', 'repository'],
  tenancy: ['errors', 'util', 'sql', 'catalog', 'schema', 'driver', 'dialect', 'database', 'repository', 'migration'],
  http: ['errors', 'util', 'sql', 'catalog', 'schema', 'driver', 'dialect', 'database', 'repository', 'telemetry'],
  client: ['errors', 'util', 'schema'],
  kysely: ['errors', 'util', 'sql', 'catalog', 'schema', 'driver', 'dialect', 'database', 'repository'],
  ops: [
    'errors',
    'util',
    'sql',
    'catalog',
    'schema',
    'driver',
    'dialect',
    'database',
    'repository',
    'migration',
    'lease',
    'seed',
  ],
  drivers: ['errors', 'util', 'sql', 'driver'],
  dialects: ['errors', 'util', 'sql', 'catalog', 'driver', 'dialect'],
  connect: [
    'errors',
    'util',
    'sql',
    'catalog',
    'schema',
    'driver',
    'dialect',
    'config',
    'database',
    'repository',
    'engines',
    'lease',
    'migration',
    'tenancy',
  ],
  testing: ['errors', 'util', 'catalog', 'schema', 'driver', 'config', 'database', 'repository', 'seed', 'connect'],
  cli: [
    'errors',
    'util',
    'sql',
    'catalog',
    'schema',
    'driver',
    'dialect',
    'config',
    'project',
    'database',
    'repository',
    'lease',
    'migration',
    'seed',
    'tenancy',
    'http',
    'ops',
    'connect',
    'engines',
    'lifecycle',
  ],
};

/** Files at the root of `src/` are package entries and the table of engines: they may import anything. */
const isEntry = (folder: string): boolean => folder.endsWith('.ts');

const folderOf = (path: string): string => path.split('/')[1] ?? '';
const files = sourceFiles();

test('there are files to look at', () => {
  expect(files.length).toBeGreaterThan(250);
});

test('every folder is in the table of layers', () => {
  const unlisted = new Set(
    files.map(({ path }) => folderOf(path)).filter((folder) => !isEntry(folder) && !(folder in mayImport)),
  );

  expect([...unlisted]).toEqual([]);
});

test('imports go down the layers only', () => {
  const wrong = files.flatMap((file) =>
    isEntry(folderOf(file.path))
      ? []
      : internalImports(file)
          .filter((target) => !isAllowed(file.path, target))
          .map((target) => `${file.path} → ${target}`),
  );

  expect(wrong).toEqual([]);
});

test('dialects import no other dialect, but for MariaDB, which builds on MySQL', () => {
  const wrong = files
    .filter(({ path }) => path.startsWith('src/dialects/'))
    .flatMap((file) =>
      internalImports(file)
        .filter((target) => target.startsWith('src/dialects/'))
        .filter((target) => !sameDialect(file.path, target))
        .map((target) => `${file.path} → ${target}`),
    );

  expect(wrong).toEqual([]);
});

test('no module needs itself at run time', () => {
  const loops = findLoops(new Map(files.map((file) => [file.path, runtimeImports(file)])));

  expect(loops).toEqual([]);
});

test('engine names are compared only where engines live', () => {
  const comparison = /(?:===|!==|\bcase)\s*['"](?:postgres|postgresql|mysql|mariadb|sqlite|mssql|duckdb)['"]/;
  const wrong = files
    .filter(({ path }) => !/^src\/(?:dialects|drivers|testing)\//.test(path))
    .filter(({ text }) => comparison.test(text))
    .map(({ path }) => path);

  expect(wrong).toEqual([]);
});

test('an index.ts is a package entry', () => {
  const entries = files.map(({ path }) => path).filter((path) => path.endsWith('/index.ts'));

  expect(entries).toEqual([
    'src/client/index.ts',
    'src/http/index.ts',
    'src/index.ts',
    'src/kysely/index.ts',
    'src/migration/index.ts',
    'src/seed/index.ts',
    'src/telemetry/index.ts',
    'src/testing/index.ts',
  ]);
});

function internalImports({ imports }: SourceFile): readonly string[] {
  return imports.map(({ target }) => target).filter((target) => target.startsWith('src/'));
}

function runtimeImports({ imports }: SourceFile): readonly string[] {
  return imports.filter(({ target, typeOnly }) => !typeOnly && target.startsWith('src/')).map(({ target }) => target);
}

function isAllowed(path: string, target: string): boolean {
  const [from, to] = [folderOf(path), folderOf(target).replace(/\.ts$/, '')];
  return from === to || (mayImport[from] ?? []).includes(to);
}

function sameDialect(path: string, target: string): boolean {
  const [from, to] = [path.split('/')[2], target.split('/')[2]];
  return from === to || (from === 'mariadb' && to === 'mysql');
}

function findLoops(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const state = new Map<string, 'open' | 'done'>();
  const loops: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (state.get(path) === 'done') return;
    if (state.get(path) === 'open') {
      loops.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
      return;
    }
    state.set(path, 'open');
    for (const target of graph.get(path) ?? []) visit(target, [...trail, path]);
    state.set(path, 'done');
  };
  for (const path of graph.keys()) visit(path, []);
  return loops;
}
