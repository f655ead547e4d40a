import { createServer, connect } from 'node:net';

/**
 * A TCP proxy on 127.0.0.1 that hands everything on after half of `roundTripMs` each way, in order: a network between the
 * two. With 0 it delays nothing but is still there, so that both distances are measured through the same thing.
 */
export async function openDelayProxy({ host, port }, roundTripMs) {
  const sockets = new Set();
  const server = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ host, port, noDelay: true });
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ]) {
      sockets.add(from);
      const later = delayed(roundTripMs / 2);
      from.on('data', (chunk) => later(() => to.writable && to.write(chunk)));
      from.on('close', () => later(() => to.destroy()));
      from.on('error', () => to.destroy());
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: '127.0.0.1',
    port: server.address().port,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** Timers of Node have whole milliseconds: the last part of the wait is spent looking at the clock. */
function delayed(ms) {
  const waiting = [];
  const next = () => {
    while (waiting.length > 0 && performance.now() >= waiting[0].due) waiting.shift().act();
    if (waiting.length > 0) setImmediate(next);
  };
  return (act) => {
    if (ms === 0) return act();
    waiting.push({ due: performance.now() + ms, act });
    if (waiting.length === 1) setImmediate(next);
  };
}
