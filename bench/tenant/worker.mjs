// One contender that reads rows with and without a tenant. The runner asks for slices, so that contenders take turns.
import assert from 'node:assert/strict';
import { readers } from './contenders.mjs';
import { notes } from './place.mjs';

const { name, place } = JSON.parse(process.env.BENCH_TENANT);
const reader = await readers[name](place);
let turn = 0;

process.on('message', ({ ask, calls }) => {
  const answer = ask === 'end' ? reader.close() : slice(reader[ask], calls);
  void answer.then((found = {}) => process.send(found));
});
process.on('disconnect', () => process.exit());
for (const kind of ['plain', 'bound']) {
  const id = nextId();
  assert.equal((await reader[kind](id)).title, `Note ${id}`);
}
process.send({});

async function slice(read, calls) {
  const times = [];
  const before = process.cpuUsage();
  for (let left = calls; left > 0; left--) {
    const start = performance.now();
    await read(nextId());
    times.push(performance.now() - start);
  }
  const { user, system } = process.cpuUsage(before);
  return { cpuUs: (user + system) / calls, p50Us: times.toSorted((a, b) => a - b)[calls >> 1] * 1000 };
}

function nextId() {
  turn += 1;
  return 1 + ((turn * 7919) % notes);
}
