// One contender under one workload. The runner asks for slices, so that contenders take turns.
import { workloads } from './workloads.mjs';

const { module, bare, place, workload } = JSON.parse(process.env.BENCH_RUN);
const contender = await (await import(`./contenders/${module}`)).open(place);
const { method, call, check } = workloads[workload];
let turn = 0;
let callsPerMs = 1;

const answers = {
  /** Does the contender do this at all, and does it give what it must? */
  async check() {
    if (contender[method] === undefined) return { lacks: true };
    check(await call(contender, (turn += 1)), turn);
    return { lacks: false };
  },
  async warm(ms) {
    const from = turn;
    const until = performance.now() + ms;
    while (performance.now() < until) await run(1);
    callsPerMs = (turn - from) / ms;
    return {};
  },
  async slice(ms) {
    const calls = Math.max(5, Math.round(callsPerMs * ms));
    const before = process.cpuUsage();
    await run(calls);
    const { user, system } = process.cpuUsage(before);
    return { cpuUs: (user + system) / calls, p50Us: await medianUs(Math.max(5, Math.round(calls / 4))) };
  },
  async end() {
    await contender.close();
    return {};
  },
};

process.on('message', ({ ask, ms }) => {
  void answers[ask](ms).then((answer) => process.send(answer));
});
process.on('disconnect', () => process.exit());

async function run(calls) {
  if (bare) for (let left = calls; left > 0; left--) call(contender, (turn += 1));
  else for (let left = calls; left > 0; left--) await call(contender, (turn += 1));
}

/** Timed apart from the CPU, so that looking at the clock is not part of what is measured. */
async function medianUs(calls) {
  const times = new Float64Array(calls);
  for (let at = 0; at < calls; at++) {
    const start = performance.now();
    if (bare) call(contender, (turn += 1));
    else await call(contender, (turn += 1));
    times[at] = performance.now() - start;
  }
  return times.sort()[calls >> 1] * 1000;
}
