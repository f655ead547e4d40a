// Client CPU, latency and memory of Rowhouse, the raw drivers and the peers, in one run, as ratios to the raw driver.
//
//   npm run bench                          everything; about half an hour
//   npm run bench -- --quick               a smoke run of two minutes: its numbers mean little
//   npm run bench -- --full                longer slices, more of them, and nobody is left out for being slow
//   npm run bench -- --section tenant      one part: cost, calls, tenant, rest or growth
//   npm run bench -- --engine sqlite       one engine
//   npm run bench -- --only Rowhouse       the raw driver and one more
//   npm run bench -- --workload update     one workload
//   npm run bench -- --build DIR           another build of Rowhouse, e.g. that of an earlier commit
//   npm run bench -- --json                the measurements as JSON
//   npm run bench -- --write               put the tables into docs/design/speed.md and README.md
import { resolve } from 'node:path';
import { readOptions } from '../scripts/read-options.mjs';
import { measureCalls } from './calls.mjs';
import { measureCost } from './cost.mjs';
import { measureGrowth } from './growth.mjs';
import { machineOf } from './machine.mjs';
import { requireBlocks, writeBlock } from './page.mjs';
import { preparePeers, prepareRowhouse } from './prepare.mjs';
import { report } from './report.mjs';
import { measureRest } from './rest.mjs';
import { summaryTable } from './summary.mjs';
import { measureTenants } from './tenant.mjs';

const options = readOptions(import.meta.url, {
  quick: { type: 'boolean', default: false },
  full: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  write: { type: 'boolean', default: false },
  section: { type: 'string' },
  engine: { type: 'string' },
  only: { type: 'string' },
  workload: { type: 'string' },
  build: { type: 'string' },
});

const paces = {
  quick: { warm: warmth(100, 0), sliceMs: 20, slices: 3, callSlices: 3, patienceMs: 1_000, smoke: true },
  usual: { warm: warmth(1_500, 20_000), sliceMs: 40, slices: 5, callSlices: 21, patienceMs: 2_500, smoke: false },
  full: { warm: warmth(1_500, 20_000), sliceMs: 80, slices: 15, callSlices: 31, patienceMs: Infinity, smoke: false },
};
const pace = options.quick ? paces.quick : options.full ? paces.full : paces.usual;

const sections = {
  cost: measureCost,
  calls: measureCalls,
  tenant: measureTenants,
  rest: measureRest,
  growth: measureGrowth,
};

if (options.write) refusePartial(options);
if (options.write)
  requireBlocks([
    ['docs/design/speed.md', 'bench'],
    ['docs/design/speed.md', 'import'],
    ['README.md', 'performance'],
  ]);
const build = options.build === undefined ? prepareRowhouse() : resolve(options.build);
const missing = preparePeers();
const machine = machineOf();
const found = {};
for (const name of chosen(Object.keys(sections), options.section)) {
  found[name] = await sections[name]({ ...options, build, pace, missing });
}
const run = { machine: machine(), pace, missing, ...found };
if (options.write) {
  writeBlock('docs/design/speed.md', 'bench', report(run));
  writeBlock('docs/design/speed.md', 'import', found.cost.text);
  writeBlock('README.md', 'performance', summaryTable(run));
}
console.log(options.json ? JSON.stringify(run) : report(run));

/** Until so much time has passed and so many calls were made, but at most three times as long. */
function warmth(ms, calls) {
  return { ms, calls, mostMs: 3 * ms };
}

function chosen(names, name) {
  if (name === undefined) return names;
  if (names.includes(name)) return [name];
  throw new Error(`there is no ${name}: choose one of ${names.join(', ')}`);
}

/** What is written is the whole of one run: figures of different days stand for nothing side by side. */
function refusePartial({ section, engine, workload, only }) {
  if ([section, engine, workload, only].every((part) => part === undefined)) return;
  throw new Error('--write is for a whole run: leave --section, --engine, --workload and --only out');
}
