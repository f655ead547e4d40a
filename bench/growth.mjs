import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { median } from './measure.mjs';
import { openPlaces } from './places.mjs';

const worker = fileURLToPath(new URL('growth-worker.mjs', import.meta.url));
const rowCounts = [1, 10, 100, 1_000, 10_000];
const columnCounts = [5, 15, 50];
const contenders = ['raw: pg, named', 'Rowhouse'];

/** How a list grows with its rows and its columns: client CPU a row, beside the raw driver. */
export async function measureGrowth({ build, pace }) {
  await using places = await openPlaces('postgresql', build, { isSeeded: false });
  await places.admin.query('create database growth');
  for (const columns of columnCounts) {
    const typed = Array.from(
      { length: columns - 1 },
      (_, at) => `c${at} ${at % 2 === 0 ? 'integer' : 'text'} not null`,
    );
    const values = Array.from({ length: columns - 1 }, (_, at) => (at % 2 === 0 ? `n + ${at}` : `'text ' || n`));
    await places.run('growth', `create table wide${columns} (id integer primary key, ${typed.join(', ')})`);
    await places.run(
      'growth',
      `insert into wide${columns} select n, ${values.join(', ')} from generate_series(1, 10000) n`,
    );
    await places.run('growth', `vacuum analyze wide${columns}`);
  }
  process.stderr.write('growth: rows and columns\n');
  const runs = [];
  for (const name of contenders) runs.push(await start(name, { ...places.placeOf('growth'), build }));
  const cells = [];
  for (const columns of columnCounts) {
    for (const rows of rowCounts) cells.push({ columns, rows, ...(await compare(runs, { columns, rows }, pace)) });
  }
  for (const { child } of runs) child.disconnect();
  return { cells, text: growthText(cells, pace) };
}

async function compare(runs, shape, { slices, smoke }) {
  const calls = Math.max(2, Math.round((smoke ? 400 : 4_000) / (shape.rows + 10)));
  for (const run of runs) await ask(run, { ...shape, calls: calls * 5 });
  const rounds = [];
  for (let round = 0; round < slices; round++) {
    const found = [];
    for (const run of runs) found.push((await ask(run, { ...shape, calls })).cpuUs);
    rounds.push(found);
  }
  return {
    rawUs: median(rounds.map(([raw]) => raw)),
    rowhouseUs: median(rounds.map(([, own]) => own)),
    ratio: median(rounds.map(([raw, own]) => own / raw)),
  };
}

async function start(name, place) {
  const env = { ...process.env, BENCH_GROWTH: JSON.stringify({ name, place, columnCounts }) };
  const child = fork(worker, { env, stdio: ['ignore', 2, 2, 'ipc'] });
  const run = { name, child, exit: once(child, 'exit') };
  await answerOf(run);
  return run;
}

async function ask(run, message) {
  run.child.send(message);
  return await answerOf(run);
}

async function answerOf({ name, child, exit }) {
  const [given] = await Promise.race([once(child, 'message'), exit]);
  if (typeof given === 'object' && given !== null) return given;
  throw new Error(`${name} ended with ${given}`);
}

function growthText(cells, { slices }) {
  const width = 24;
  const head = `${'rows'.padEnd(10)}${columnCounts.map((columns) => `${columns} columns`.padStart(width)).join('')}`;
  const lines = rowCounts.map((rows) => {
    const found = cells.filter((cell) => cell.rows === rows);
    const texts = found.map(({ rawUs, rowhouseUs, ratio }) =>
      `${(rawUs / rows).toFixed(2)} ${(rowhouseUs / rows).toFixed(2)} ${ratio.toFixed(2)}×`.padStart(width),
    );
    return String(rows).padEnd(10) + texts.join('');
  });
  return [
    `a list on PostgreSQL: client CPU per row in µs, raw and Rowhouse, and ratio; medians of ${slices} rounds`,
    head,
    ...lines,
  ].join('\n');
}
