import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const worker = fileURLToPath(new URL('task.mjs', import.meta.url));

/**
 * Runs contenders in turns, so that what disturbs the machine for a while disturbs all alike, once uncounted and then
 * `rounds` times. Gives the medians, and the median of the rounds' ratios to the first.
 */
export async function inTurns(contenders, rounds) {
  const found = contenders.map(({ name, target }) => ({ name, target, runs: [] }));
  for (let round = 0; round <= rounds; round++) {
    for (const [place, { run }] of contenders.entries()) {
      const { wallMs, cpuMs, serverMs = 0 } = await run();
      if (round > 0) found[place].runs.push({ wallMs, cpuMs, serverMs });
    }
  }
  return found.map(({ name, target, runs }) => ({
    name,
    target,
    wallMs: median(runs.map(({ wallMs }) => wallMs)),
    cpuMs: median(runs.map(({ cpuMs }) => cpuMs)),
    serverMs: median(runs.map(({ serverMs }) => serverMs)),
    ratio: median(runs.map((run, round) => busy(run) / busy(found[0].runs[round]))),
  }));
}

/** One task of task.mjs in a fresh process. */
export function inProcess(task, place) {
  return async () => {
    // Not an argument: those of a process are for everyone to read, and the place has a password in it.
    const environment = { ...process.env, BENCH_TASK: JSON.stringify({ ...place, task }) };
    const child = fork(worker, { env: environment, stdio: ['ignore', 2, 2, 'ipc'] });
    const exit = once(child, 'exit');
    const [answer] = await Promise.race([once(child, 'message'), exit]);
    const [code] = await exit;
    if (code !== 0 || typeof answer !== 'object') throw new Error(`${task} ended with ${code}`);
    return answer;
  };
}

/** Processor time on both sides of the line. */
export function busy({ cpuMs, serverMs = 0 }) {
  return cpuMs + serverMs;
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
}
