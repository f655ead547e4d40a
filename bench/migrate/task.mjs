// One task in a process of its own. Connecting and loading are not measured: they are in what `current` takes.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { tasks } from './tasks.mjs';

const { task, build, from, to, tables } = JSON.parse(process.env.BENCH_TASK);
const { work, isRight } = tasks[task];
await work({ build, from, to }, measure);
process.disconnect();

/** Times what is done while the server's processes are `pids`, and looks at the answer. */
async function measure(pids, run) {
  const before = { client: process.cpuUsage(), server: serverCpu(pids), start: performance.now() };
  const found = await run();
  const wallMs = performance.now() - before.start;
  const { user, system } = process.cpuUsage(before.client);
  const serverMs = before.server === undefined ? undefined : serverCpu(pids) - before.server;
  assert.ok(isRight(found, tables), `${task} gave a wrong answer for ${tables} tables`);
  process.send({ wallMs, cpuMs: (user + system) / 1000, serverMs });
}

/** Milliseconds of processor time that these processes have taken, where the system tells it as Linux does. */
function serverCpu(pids) {
  if (!existsSync('/proc/self/stat')) return undefined;
  const ticksOf = (pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return Number(fields[11]) + Number(fields[12]);
  };
  return pids.reduce((sum, pid) => sum + ticksOf(pid), 0) * 10;
}
