import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { workloads } from './workloads.mjs';

const worker = fileURLToPath(new URL('worker.mjs', import.meta.url));

/**
 * Measures contenders under one workload: a process each, warmed up two at a time, then in turns, a slice at a time, so that
 * whatever else the machine does hits all alike. The figures are medians; a ratio is the median of the rounds' ratios.
 */
export async function measure(contenders, { workload, inFlight }, places, pace) {
  const { warm, sliceMs, patienceMs } = pace;
  const runs = [];
  const waiting = [...contenders];
  const lane = async () => {
    for (let contender = waiting.shift(); contender !== undefined; contender = waiting.shift()) {
      const run = start(
        contender,
        { workload, inFlight },
        await (workloads[workload].isRead ? places.shared() : places.next()),
      );
      if (await isAble(run, patienceMs)) {
        await run.ask('warm', warm);
        runs.push(run);
      }
    }
  };
  await Promise.all([lane(), lane()]);
  const able = contenders.flatMap((contender) => runs.filter((run) => run.contender === contender));
  const rounds = workloads[workload].long ? pace.slices : pace.callSlices;
  for (let round = 0; round < rounds; round++) {
    for (const run of able) run.slices.push(await run.ask('slice', sliceMs));
  }
  for (const run of able) run.ended = await run.end();
  await places.drop();
  const reference = able.find(({ contender }) => contender.reference);
  return able.map((run) => summary(run, reference));
}

/** Does it do this, does it answer right, and soon enough to be asked again? A peer that fails is left out, and says so. */
async function isAble(run, patienceMs) {
  const { name, reference } = run.contender;
  const isPeer = reference !== true && name !== 'Rowhouse';
  try {
    const { lacks, ms } = await run.ask('check');
    if (!lacks && (ms <= patienceMs || !isPeer)) return true;
    if (!lacks) process.stderr.write(`${name} is left out: one call takes ${(ms / 1000).toFixed(1)} s\n`);
    await run.end();
  } catch (error) {
    if (!isPeer) throw error;
    process.stderr.write(`${error.message}\n`);
  }
  return false;
}

function start(contender, { workload, inFlight }, place) {
  const { module, options, bare = false } = contender;
  const connections = inFlight === 1 ? 1 : 10;
  // Not an argument: those of a process are for everyone to read, and the place has a password in it.
  const child = fork(worker, {
    env: {
      ...process.env,
      BENCH_RUN: JSON.stringify({ module, options, bare, place: { ...place, connections }, workload, inFlight }),
    },
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  const exit = once(child, 'exit');
  const ask = async (what, how) => {
    child.send({ ask: what, how });
    const answer = await Promise.race([once(child, 'message'), exit]);
    if (typeof answer[0] === 'object' && answer[0] !== null) return answer[0];
    throw new Error(`${contender.name} ended with ${answer[0]} during ${workload} on ${place.engine}`);
  };
  const end = async () => {
    const answer = await ask('end');
    child.disconnect();
    await exit;
    return answer;
  };
  return { contender, ask, end, slices: [] };
}

function summary({ contender, slices, ended }, reference) {
  const of = (pick) => ({
    us: median(slices.map(pick)),
    ratio: median(slices.map((slice, round) => pick(slice) / pick(reference.slices[round]))),
  });
  return {
    name: contender.name,
    cpu: of(({ cpuUs }) => cpuUs),
    wall: of(({ callUs }) => callUs),
    p50: of(({ p50Us }) => p50Us),
    p99: { us: ended.p99Us, ratio: ended.p99Us / reference.ended.p99Us },
    rssMb: ended.rssBytes / 1_000_000,
  };
}

export function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
}
