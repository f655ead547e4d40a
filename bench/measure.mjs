import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const worker = fileURLToPath(new URL('worker.mjs', import.meta.url));

/**
 * Measures contenders under one workload: a process each, warmed up one by one, then in turns, a slice at a time, so that
 * whatever else the machine does hits all alike. The figures are medians; a ratio is the median of the rounds' ratios.
 */
export async function measure(contenders, workload, places, { warmMs, sliceMs, slices }) {
  const runs = [];
  for (const contender of contenders) {
    const run = start(contender, workload, await places.next());
    const { lacks } = await run.ask('check');
    if (lacks) await run.end();
    else runs.push(run);
  }
  for (const { ask } of runs) await ask('warm', warmMs);
  for (let round = 0; round < slices; round++) {
    for (const run of runs) run.slices.push(await run.ask('slice', sliceMs));
  }
  for (const { end } of runs) await end();
  const reference = runs.find(({ contender }) => contender.reference);
  return runs.map((run) => summary(run, reference));
}

function start(contender, workload, place) {
  const options = { module: contender.module, bare: contender.bare === true, place, workload };
  // Not an argument: those of a process are for everyone to read, and the place has a password in it.
  const child = fork(worker, {
    env: { ...process.env, BENCH_RUN: JSON.stringify(options) },
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  const exit = once(child, 'exit');
  const ask = async (what, ms) => {
    child.send({ ask: what, ms });
    const answer = await Promise.race([once(child, 'message'), exit]);
    if (typeof answer[0] === 'object' && answer[0] !== null) return answer[0];
    throw new Error(`${contender.name} ended with ${answer[0]} during ${workload}`);
  };
  const end = async () => {
    await ask('end');
    child.disconnect();
    await exit;
  };
  return { contender, ask, end, slices: [] };
}

function summary({ contender, slices }, reference) {
  const of = (pick) => ({
    us: median(slices.map(pick)),
    ratio: median(slices.map((slice, round) => pick(slice) / pick(reference.slices[round]))),
  });
  return { name: contender.name, cpu: of(({ cpuUs }) => cpuUs), p50: of(({ p50Us }) => p50Us) };
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
}
