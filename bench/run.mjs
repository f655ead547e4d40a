// Client CPU and latency of Rowhouse, the raw drivers and the peers, in one run, as ratios to the raw driver.
//
//   npm run bench                      everything; a few minutes
//   npm run bench -- --quick           a smoke run of less than a minute: its numbers mean little
//   npm run bench -- --engine sqlite   one engine
//   npm run bench -- --only Rowhouse   the raw driver and one more
//   npm run bench -- --workload update one workload
//   npm run bench -- --build DIR       another build of Rowhouse, e.g. that of an earlier commit
//   npm run bench -- --json            the measurements as JSON
//   npm run bench -- --write           put the tables into docs/design/speed.md
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { contenders } from './contenders.mjs';
import { measure } from './measure.mjs';
import { openPlaces } from './places.mjs';
import { writeBlock } from './page.mjs';
import { preparePeers, prepareRowhouse } from './prepare.mjs';
import { report } from './report.mjs';
import { workloads } from './workloads.mjs';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    engine: { type: 'string' },
    only: { type: 'string' },
    workload: { type: 'string' },
    build: { type: 'string' },
  },
});
const pace = options.quick ? { warmMs: 200, sliceMs: 40, slices: 5 } : { warmMs: 1500, sliceMs: 150, slices: 15 };

const build = options.build === undefined ? prepareRowhouse() : resolve(options.build);
const missing = preparePeers();
const found = [];
for (const engine of chosen(Object.keys(contenders), options.engine)) {
  await using places = await openPlaces(engine, build);
  for (const workload of chosen(Object.keys(workloads), options.workload)) {
    console.error(`${engine}: ${workload}`);
    found.push({ engine, workload, rows: await measure(runnersOf(engine), workload, places, pace) });
  }
}
if (options.write) writeBlock('bench', report(found, missing));
console.log(options.json ? JSON.stringify({ node: process.version, pace, found, missing }) : report(found, missing));

function runnersOf(engine) {
  const able = contenders[engine].filter(({ name }) => missing[name] === undefined);
  return options.only === undefined ? able : able.filter(({ name, reference }) => reference || name === options.only);
}

function chosen(names, name) {
  if (name === undefined) return names;
  if (names.includes(name)) return [name];
  throw new Error(`there is no ${name}: choose one of ${names.join(', ')}`);
}
