// Client CPU and latency of Rowhouse, the raw drivers and the peers, in one run, as ratios to the raw driver.
//
//   npm run bench                      everything; a few minutes
//   npm run bench -- --quick           a smoke run of less than a minute: its numbers mean little
//   npm run bench -- --engine sqlite   one engine
//   npm run bench -- --only Rowhouse   the raw driver and one more
//   npm run bench -- --build DIR       another build of Rowhouse, e.g. that of an earlier commit
//   npm run bench -- --json            the measurements as JSON
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { contenders } from './contenders.mjs';
import { measure } from './measure.mjs';
import { openPlaces } from './places.mjs';
import { preparePeers, prepareRowhouse } from './prepare.mjs';
import { report } from './report.mjs';
import { workloads } from './workloads.mjs';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    engine: { type: 'string' },
    only: { type: 'string' },
    build: { type: 'string' },
  },
});
const pace = options.quick ? { warmMs: 200, sliceMs: 40, slices: 5 } : { warmMs: 1500, sliceMs: 150, slices: 15 };

const build = options.build === undefined ? prepareRowhouse() : resolve(options.build);
const missing = preparePeers();
const found = [];
for (const engine of Object.keys(contenders)) {
  if (options.engine !== undefined && options.engine !== engine) continue;
  const running = contenders[engine].filter(
    ({ name, reference }) =>
      missing[name] === undefined && (reference || options.only === undefined || options.only === name),
  );
  await using places = await openPlaces(engine, build);
  for (const workload of Object.keys(workloads)) {
    console.error(`${engine}: ${workload}`);
    found.push({ engine, workload, rows: await measure(running, workload, places, pace) });
  }
}
console.log(options.json ? JSON.stringify({ node: process.version, pace, found, missing }) : report(found, missing));
