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
  for (const contender of contenders) runs.push(await start(contender, workload, await places.next()));
  const running = runs.filter(({ ask }) => ask !== undefined);
  for (const { ask } of running) await ask('warm', warmMs);
  for (let round = 0; round < slices; round++) {
    for (const run of running) run.slices.push(await run.ask('slice', sliceMs));
  }
  const reference = running.find(({ contender }) => contender.reference);
  const rows = running.map((run) => summary(run, reference));
  for (const { ask } of running) await ask('end');
  return rows;
}

async function start(contender, workload, place) {
  const options = { module: contender.module, bare: contender.bare === true, place, workload };
  const child = fork(worker, [JSON.stringify(options)], { stdio: ['ignore', 2, 2, 'ipc'] });
  const ask = async (what, ms) => {
    child.send({ ask: what, ms });
    const [answer] = await Promise.race([once(child, 'message'), ended(child, contender, workload)]);
    return answer;
  };
  const { lacks } = await ask('check');
  return { contender, ask: lacks ? await ask('end') && undefined : ask, slices: [] };
}

async function ended(child, contender, workload) {
  const [code] = await once(child, 'exit');
  throw new Error(`${contender.name} ended with ${code} during ${workload}`);
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
