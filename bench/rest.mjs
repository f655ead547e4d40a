import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { median } from './measure.mjs';
import { openPlaces } from './places.mjs';
import { requests } from './rest/place.mjs';
import { role, statements } from './tenant/place.mjs';

const [server, generator] = ['server', 'load'].map((name) =>
  fileURLToPath(new URL(`rest/${name}.mjs`, import.meta.url)),
);
const contenders = [
  { name: 'Fastify and pg by hand', adapter: 'by hand' },
  { name: 'Rowhouse in Fastify', adapter: 'fastify' },
  { name: 'Rowhouse on node:http', adapter: 'node' },
];

/** The same four routes by hand and as resources, under load from another process. */
export async function measureRest({ build, pace }) {
  await using places = await openPlaces('postgresql', build);
  for (const statement of statements) await places.run('seeded', statement);
  await places.run(
    'seeded',
    `grant select, insert on item to ${role.user}; grant usage on all sequences in schema public to ${role.user}`,
  );
  const { host, port } = places.placeOf('seeded').address;
  const address = { host, port, ...role, database: 'seeded' };
  const url = `postgresql://${role.user}:${role.password}@${host}:${port}/seeded?sslmode=disable`;
  const load = await start(generator, {});
  const servers = [];
  for (const contender of contenders)
    servers.push({
      ...contender,
      ...(await start(server, { BENCH_REST: JSON.stringify({ ...contender, address, url, build }) })),
    });
  const rows = [];
  for (const workload of Object.keys(requests)) {
    for (const connections of [1, 32]) {
      process.stderr.write(`rest: ${workload}, ${connections} connections\n`);
      rows.push({ workload, connections, servers: await compare(servers, load, { workload, connections }, pace) });
    }
  }
  for (const { end } of [...servers, load]) await end();
  return { rows, text: restText(rows, pace) };
}

async function compare(servers, load, task, { warm, callSlices, smoke }) {
  const ms = smoke ? 50 : 250;
  const rounds = servers.map(() => []);
  for (const { started } of servers) await load.ask({ url: started.url, ...task, ms: 2 * warm.ms });
  for (let round = 0; round < callSlices; round++) {
    for (const [at, one] of servers.entries()) {
      const before = await one.ask({});
      const found = await load.ask({ url: one.started.url, ...task, ms });
      const cpuUs = ((await one.ask({})).cpuUs - before.cpuUs) / found.requests;
      rounds[at].push({ ...found, cpuUs });
    }
  }
  const of = (slicesOf, figure) => median(slicesOf.map((slice) => slice[figure]));
  const ratio = (slicesOf, figure) => median(slicesOf.map((slice, round) => slice[figure] / rounds[0][round][figure]));
  return servers.map(({ name }, at) => ({
    name,
    perSecond: of(rounds[at], 'perSecond'),
    perSecondRatio: ratio(rounds[at], 'perSecond'),
    cpuUs: of(rounds[at], 'cpuUs'),
    cpuRatio: ratio(rounds[at], 'cpuUs'),
    p50Us: of(rounds[at], 'p50Us'),
    p99Us: of(rounds[at], 'p99Us'),
  }));
}

async function start(module, env) {
  const child = fork(module, { env: { ...process.env, ...env }, stdio: ['ignore', 2, 2, 'ipc'] });
  const exit = once(child, 'exit');
  const answer = async () => {
    const [given] = await Promise.race([once(child, 'message'), exit]);
    if (typeof given === 'object' && given !== null) return given;
    throw new Error(`${module} ended with ${given}`);
  };
  const ask = async (message) => {
    child.send(message);
    return await answer();
  };
  const end = async () => {
    child.disconnect();
    await exit;
  };
  return { started: await answer(), ask, end };
}

function restText(rows, { callSlices }) {
  const head = `${''.padEnd(42)}${'requests/s, and ratio'.padStart(22)}${'CPU/request in µs'.padStart(20)}${'p50 and p99 in µs'.padStart(20)}`;
  const lines = rows.flatMap(({ workload, connections, servers }) =>
    servers.map(({ name, perSecond, perSecondRatio, cpuUs, cpuRatio, p50Us, p99Us }) => {
      const what = `${workload}, ${connections}`.padEnd(17) + name.padEnd(25);
      const cells = [
        `${perSecond.toFixed(0)} ${perSecondRatio.toFixed(2)}×`.padStart(22),
        `${cpuUs.toFixed(0)} ${cpuRatio.toFixed(2)}×`.padStart(20),
        `${p50Us.toFixed(0)} ${p99Us.toFixed(0)}`.padStart(20),
      ];
      return what + cells.join('');
    }),
  );
  return [
    `REST on PostgreSQL, 1 and 32 connections, medians of ${callSlices} rounds; ratios to the route by hand`,
    head,
    ...lines,
  ].join('\n');
}
