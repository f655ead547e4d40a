// What migrations cost on a large schema: autogenerate, `current`, reading a database, comparing two; beside the peers.
//
//   npm run bench:migrate                     everything; some minutes
//   npm run bench:migrate -- --quick          a smoke run with 100 tables: its numbers mean little
//   npm run bench:migrate -- --no-peers       Rowhouse alone
//   npm run bench:migrate -- --build DIR      another build of Rowhouse
//   npm run bench:migrate -- --json           the measurements as JSON
//   npm run bench:migrate -- --write          put the tables into docs/design/speed.md
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readOptions } from '../scripts/read-options.mjs';
import { openDatabases } from './migrate/databases.mjs';
import { drizzleKit, prisma, versionOf } from './migrate/peers.mjs';
import { writeProject } from './migrate/project.mjs';
import { report, sectionText } from './migrate/report.mjs';
import { inProcess, inTurns } from './migrate/rounds.mjs';
import { autogenerate, bare, current, nothingCompiled } from './migrate/rowhouse.mjs';
import { columnsPerTable } from './migrate/shape.mjs';
import { writeBlock } from './page.mjs';
import { installPeers, prepareRowhouse } from './prepare.mjs';

const options = readOptions(import.meta.url, {
  quick: { type: 'boolean', default: false },
  peers: { type: 'boolean', default: true },
  json: { type: 'boolean', default: false },
  write: { type: 'boolean', default: false },
  build: { type: 'string' },
});
/** The first size is all but empty: what is above it is what tables cost. */
const pace = options.quick
  ? { tables: 100, sizes: [2, 50, 100], rounds: 1 }
  : { tables: 1000, sizes: [2, 100, 500, 1000, 2000], rounds: 5 };
const small = { tables: 10, revisions: 10 };

const build = options.build === undefined ? prepareRowhouse() : resolve(options.build);
if (options.peers) installPeers();
const folder = await mkdtemp(join(tmpdir(), 'rowhouse-migrate-'));
await using databases = await openDatabases(build);
const missing = [];
try {
  const found = await measureAll();
  if (options.write) writeBlock('docs/design/speed.md', 'migrate', report(found));
  console.log(options.json ? JSON.stringify(found) : report(found));
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function measureAll() {
  const load = () => loadavg()[0].toFixed(1);
  const before = load();
  const places = await makePlaces();
  const main = places.get(pace.tables);
  const sections = [
    await measure(`autogenerate, ${pace.tables} tables of ${columnsPerTable} columns`, await autogenerators(main)),
    await measure('current, from the start of the process', await currents()),
    await measure(`reading a database of ${pace.tables} tables`, readers(main)),
    await measure(`comparing two databases of ${pace.tables} tables`, comparers(main)),
  ];
  const growth = await measureGrowth(places);
  const machine = [
    `Node ${process.versions.node}, PostgreSQL ${databases.version}, ${cpus().length} processors, load ${before} to ${load()}`,
    `medians of ${pace.rounds}, in turns; ratio: of processor time, client and server, to the first line`,
  ];
  return { machine, sections, growth, missing };
}

/** A project and two databases of each size. */
async function makePlaces() {
  const places = new Map();
  for (const tables of pace.sizes) {
    say(`making ${tables} tables`);
    const revisions = Math.max(2, tables / 5);
    const project = await writeProject(join(folder, `rowhouse-${tables}`), { build, tables, revisions });
    places.set(tables, { tables, revisions, project, databases: await databases.pair(project.catalog, build) });
  }
  return places;
}

async function autogenerators({ tables, revisions, project }) {
  const rowhouse = [
    { name: `Rowhouse, ${revisions} revisions replayed`, run: autogenerate(project, build), target: 2000 },
    { name: 'Rowhouse, nothing compiled before', run: autogenerate(project, build, nothingCompiled), target: 2000 },
  ];
  if (!options.peers) return rowhouse;
  return [
    ...rowhouse,
    ...(await able(`drizzle-kit ${versionOf('drizzle-kit')}, one migration`, drizzleKit, tables)),
    ...(await able(`Prisma ${versionOf('prisma')}, from file to file`, prisma, tables)),
  ];
}

/** The peer, where it can run here. */
async function able(name, prepare, tables) {
  try {
    const run = await prepare(join(folder, prepare.name), tables);
    await run();
    return [{ name, run }];
  } catch (error) {
    say(`${name}: ${error.message}`);
    missing.push(name);
    return [];
  }
}

async function currents() {
  const project = await writeProject(join(folder, 'small'), { build, ...small });
  const what = `${small.tables} tables, ${small.revisions} revisions`;
  const inFile = `sqlite:///${join(folder, 'current.db')}`;
  const onServer = await databases.empty('current');
  return [
    { name: 'a process that does nothing', run: bare() },
    { name: `on SQLite, ${what}`, run: current(project, build, inFile), target: 300 },
    { name: `on PostgreSQL, ${what}`, run: current(project, build, onServer), target: 300 },
    { name: 'on SQLite, nothing compiled before', run: current(project, build, inFile, nothingCompiled), target: 300 },
    {
      name: 'on PostgreSQL, nothing compiled before',
      run: current(project, build, onServer, nothingCompiled),
      target: 300,
    },
  ];
}

function readers({ tables, databases: { from } }) {
  const place = { build, from, tables };
  return [
    { name: 'Rowhouse, the catalog', run: inProcess('inspect', place), target: 1000 },
    { name: 'Rowhouse, the structure', run: inProcess('structure', place), target: 1000 },
  ];
}

function comparers({ tables, databases: pair }) {
  const place = { build, tables, ...pair };
  const rowhouse = { name: 'Rowhouse, both read, and the plan', run: inProcess('diff', place) };
  if (!options.peers) return [rowhouse];
  return [rowhouse, { name: `pg-delta ${versionOf('@supabase/pg-delta')}`, run: inProcess('pg-delta', place) }];
}

async function measure(title, contenders) {
  say(title);
  const section = { title, rows: await inTurns(contenders, pace.rounds) };
  say(sectionText(section));
  return section;
}

async function measureGrowth(places) {
  const kinds = {
    'autogenerate, a revision for five tables': ({ project }) => autogenerate(project, build),
    'reading the catalog': (place) => taskOn(place, 'inspect'),
    'reading the structure': (place) => taskOn(place, 'structure'),
    'comparing two databases': (place) => taskOn(place, 'diff'),
  };
  const growth = [];
  for (const [name, runOn] of Object.entries(kinds)) {
    say(`growth: ${name}`);
    const contenders = [...places.values()].map((place) => ({ name: place.tables, run: runOn(place) }));
    const points = await inTurns(contenders, pace.rounds);
    growth.push({ name, points: points.map((point) => ({ ...point, tables: point.name })) });
  }
  return growth;
}

function taskOn({ tables, databases: pair }, task) {
  return inProcess(task, { build, tables, ...pair });
}

function say(words) {
  console.error(words);
}
