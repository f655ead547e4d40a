// One contender under one workload. The runner asks for slices, so that contenders take turns.
import { workloads } from './workloads.mjs';

const { module, options, bare, place, workload, inFlight } = JSON.parse(process.env.BENCH_RUN);
const { method, call, check, long = false } = workloads[workload];
const rssBefore = process.memoryUsage.rss();
const contender = await (await import(`./contenders/${module}`)).open(place, options);
const latencies = [];
let turn = 0;
let callsPerMs = 1;

const answers = {
  /** Does the contender do this at all, and does it give what it must? */
  async check() {
    if (contender[method] === undefined) return { lacks: true };
    let ms = 0;
    for (let left = long ? 1 : 2; left > 0; left--) {
      const start = performance.now();
      const answer = await once();
      ms = performance.now() - start;
      check(contender.plain === undefined ? answer : contender.plain(answer), turn);
    }
    return { lacks: false, ms };
  },
  /** For so long and so often, as code is made fast when it has run often: on a slow machine that takes longer. */
  async warm({ ms, calls, mostMs }) {
    if (long) return {};
    const began = performance.now();
    const isWarm = (passed) => passed >= mostMs || (passed >= ms && turn >= calls);
    while (!isWarm(performance.now() - began)) await run(inFlight, once);
    const [from, start] = [turn, performance.now()];
    while (performance.now() < start + ms / 5) await run(inFlight, once);
    callsPerMs = (turn - from) / (performance.now() - start);
    return {};
  },
  async slice(ms) {
    const calls = long ? 1 : Math.max(2 * inFlight, 3, Math.round(callsPerMs * ms));
    const [before, start] = [process.cpuUsage(), performance.now()];
    await run(calls, once);
    const wallMs = performance.now() - start;
    const { user, system } = process.cpuUsage(before);
    const times = long ? [wallMs] : await timed(Math.max(2 * inFlight, 3, Math.round(calls / 3)));
    latencies.push(...times);
    return { cpuUs: (user + system) / calls, callUs: (wallMs * 1000) / calls, p50Us: quantile(times, 0.5) * 1000 };
  },
  async end() {
    const memory = process.memoryUsage.rss() - rssBefore;
    await contender.close();
    return { p99Us: quantile(latencies, 0.99) * 1000, rssBytes: memory };
  },
};

process.on('message', ({ ask, how }) => {
  void answers[ask](how).then((answer) => process.send(answer));
});
process.on('disconnect', () => process.exit());

function once() {
  return call(contender, (turn += 1));
}

/** So many calls, as many of them at a time as are to be in flight. */
async function run(calls, work) {
  if (bare) {
    for (let left = calls; left > 0; left--) work();
    return;
  }
  let left = calls;
  const lane = async () => {
    while (left > 0) {
      left -= 1;
      await work();
    }
  };
  if (inFlight === 1) await lane();
  else await Promise.all(Array.from({ length: inFlight }, lane));
}

/** Timed apart from the CPU, so that looking at the clock is not part of what is measured. */
async function timed(calls) {
  const times = [];
  const note = (start) => times.push(performance.now() - start);
  if (bare) {
    for (let left = calls; left > 0; left--) {
      const start = performance.now();
      once();
      note(start);
    }
  } else {
    await run(calls, async () => {
      const start = performance.now();
      await once();
      note(start);
    });
  }
  return times;
}

function quantile(times, share) {
  const sorted = Float64Array.from(times).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
