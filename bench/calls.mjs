import { contenders } from './contenders.mjs';
import { measure } from './measure.mjs';
import { openPlaces } from './places.mjs';
import { concurrentWorkloads, workloads } from './workloads.mjs';

/** Repository calls on each engine, one at a time and with 32 in flight. */
export async function measureCalls({ build, pace, missing, engine: onlyEngine, workload: onlyWorkload, only }) {
  const found = [];
  for (const engine of chosen(Object.keys(contenders), onlyEngine)) {
    await using places = await openPlaces(engine, build);
    for (const task of tasksOf(engine, chosen(Object.keys(workloads), onlyWorkload), pace)) {
      process.stderr.write(`${engine}: ${task.workload}, ${task.inFlight} in flight\n`);
      const rows = await measure(runnersOf(engine, task, missing, only), task, places, pace);
      found.push({ engine, version: places.version, ...task, rows });
    }
  }
  return found;
}

/** What lives in this process does one thing at a time: there 32 in flight would measure the queue. */
function tasksOf(engine, names, { smoke }) {
  const one = names.filter((name) => !(smoke && workloads[name].long)).map((workload) => ({ workload, inFlight: 1 }));
  if (engine === 'sqlite') return one;
  const many = names.filter((name) => concurrentWorkloads.includes(name));
  return [...one, ...many.map((workload) => ({ workload, inFlight: 32 }))];
}

function runnersOf(engine, { inFlight }, missing, only) {
  const able = contenders[engine].filter(({ name }) => missing[`${name} on ${engine}`] === undefined);
  const asked = only === undefined ? able : able.filter(({ name, reference }) => reference || name === only);
  return inFlight === 1 ? asked : asked.filter(({ bare }) => !bare);
}

function chosen(names, name) {
  if (name === undefined) return names;
  if (names.includes(name)) return [name];
  throw new Error(`there is no ${name}: choose one of ${names.join(', ')}`);
}
