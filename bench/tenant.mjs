import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { openDelayProxy } from './delay-proxy.mjs';
import { median } from './measure.mjs';
import { openPlaces } from './places.mjs';
import { readers } from './tenant/contenders.mjs';
import { role, statements } from './tenant/place.mjs';

const worker = fileURLToPath(new URL('tenant/worker.mjs', import.meta.url));
const roundTrips = [0, 2];

/** A read by key that the database holds to one tenant, against the same read without one: at hand, and 2 ms away. */
export async function measureTenants({ build, pace, missing }) {
  await using places = await openPlaces('postgresql', build, { isSeeded: false });
  await places.admin.query('create database tenants');
  for (const statement of statements) await places.run('tenants', statement);
  const rows = [];
  const names = Object.keys(readers).filter(
    (name) => !(name.startsWith('Prisma') && 'Prisma on postgresql' in missing),
  );
  for (const roundTripMs of roundTrips) {
    process.stderr.write(`tenant: ${roundTripMs} ms round trip\n`);
    const target = places.placeOf('tenants').address;
    const proxy = await openDelayProxy(target, roundTripMs);
    const address = { ...target, host: proxy.host, port: proxy.port, ...role };
    const url = `postgresql://${role.user}:${role.password}@${proxy.host}:${proxy.port}/tenants?sslmode=disable`;
    rows.push(...(await compare(names, { address, url, build }, roundTripMs, pace)));
    proxy.close();
  }
  return { rows, text: tenantText(rows, pace) };
}

async function compare(names, place, roundTripMs, { slices, smoke }) {
  const calls = smoke ? 20 : roundTripMs === 0 ? 300 : 40;
  const runs = [];
  for (const name of names) runs.push(await start(name, place));
  for (const { ask } of runs) for (const kind of ['plain', 'bound']) await ask(kind, smoke ? 20 : calls * 5);
  for (let round = 0; round < slices; round++) {
    for (const run of runs) {
      for (const kind of ['plain', 'bound']) run[kind].push(await run.ask(kind, calls));
    }
  }
  for (const { end } of runs) await end();
  return runs.map(({ name, plain, bound }) => {
    const of = (slicesOf, figure) => median(slicesOf.map((slice) => slice[figure]));
    const ratioOf = (figure) => median(bound.map((slice, round) => slice[figure] / plain[round][figure]));
    return {
      name,
      roundTripMs,
      plain: { p50Us: of(plain, 'p50Us'), cpuUs: of(plain, 'cpuUs') },
      bound: { p50Us: of(bound, 'p50Us'), cpuUs: of(bound, 'cpuUs') },
      ratio: { p50: ratioOf('p50Us'), cpu: ratioOf('cpuUs') },
    };
  });
}

async function start(name, place) {
  const child = fork(worker, {
    env: { ...process.env, BENCH_TENANT: JSON.stringify({ name, place }) },
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  const exit = once(child, 'exit');
  const answer = async () => {
    const [given] = await Promise.race([once(child, 'message'), exit]);
    if (typeof given === 'object' && given !== null) return given;
    throw new Error(`${name} ended with ${given}`);
  };
  const ask = async (what, calls) => {
    child.send({ ask: what, calls });
    return await answer();
  };
  const end = async () => {
    await ask('end');
    child.disconnect();
    await exit;
  };
  await answer();
  return { name, ask, end, plain: [], bound: [] };
}

function tenantText(rows, { slices }) {
  const head = `${''.padEnd(32)}${['no tenant', 'one tenant', 'ratio', 'no tenant', 'one tenant', 'ratio'].map((word) => word.padStart(11)).join('')}`;
  const lines = [...new Set(rows.map(({ name }) => name))].flatMap((name) =>
    rows
      .filter((row) => row.name === name)
      .map(({ roundTripMs, plain, bound, ratio }) => {
        const cells = [
          plain.p50Us.toFixed(0),
          bound.p50Us.toFixed(0),
          `${ratio.p50.toFixed(2)}×`,
          plain.cpuUs.toFixed(0),
          bound.cpuUs.toFixed(0),
          `${ratio.cpu.toFixed(2)}×`,
        ];
        return `${`${name}, ${roundTripMs} ms`.padEnd(36)}${cells
          .map((cell) => cell.padStart(11))
          .join('')
          .slice(4)}`;
      }),
  );
  return [
    `postgresql: a read by key that row-level security holds to one tenant, medians of ${slices} rounds`,
    `${''.padEnd(32)}${'p50 of the latency in µs'.padStart(33)}${'client CPU in µs'.padStart(33)}`,
    head,
    ...lines,
  ].join('\n');
}
