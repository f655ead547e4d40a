// The load: so many connections, each with one request at a time, for so long. In a process of its own.
import { Agent, request } from 'node:http';
import { requests } from './place.mjs';

let turn = 0;

process.on('message', ({ url, workload, connections, ms }) => {
  void load(url, requests[workload], connections, ms).then((found) => process.send(found));
});
process.on('disconnect', () => process.exit());
process.send({});

async function load(url, wanted, connections, ms) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const { hostname, port } = new URL(url);
  const times = [];
  const until = performance.now() + ms;
  const lane = async () => {
    while (performance.now() < until) {
      const start = performance.now();
      await one({ agent, hostname, port }, wanted, (turn += 1));
      times.push(performance.now() - start);
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: connections }, lane));
  const seconds = (performance.now() - start) / 1000;
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))] * 1000;
  return { requests: times.length, perSecond: times.length / seconds, p50Us: at(0.5), p99Us: at(0.99) };
}

function one({ agent, hostname, port }, { method = 'GET', path, headers, body, status, contains }, number) {
  return new Promise((resolve, reject) => {
    const text = body?.(number);
    const sent = {
      ...headers?.(number),
      ...(text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
    };
    const asked = request({ agent, hostname, port, method, path: path(number), headers: sent }, (response) => {
      let answer = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => (answer += chunk));
      response.on('end', () => {
        if (response.statusCode === status && answer.includes(contains)) resolve();
        else reject(new Error(`${method} ${path(number)}: ${response.statusCode} ${answer.slice(0, 300)}`));
      });
    });
    asked.on('error', reject);
    asked.end(text);
  });
}
