import { connect, createServer, type Socket } from 'node:net';

/** A line to a server that counts how often the client waited for it. */
export interface CountingProxy extends AsyncDisposable {
  readonly port: number;
  /** Turns since the last question: the client has spoken, then the server has answered. */
  takeRoundTrips(): number;
}

export async function countingProxy(host: string, port: number): Promise<CountingProxy> {
  const sockets = new Set<Socket>();
  let roundTrips = 0;
  let isServersTurn = true;
  const server = createServer((client) => {
    const upstream = connect(port, host);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.setNoDelay(true);
    }
    client.on('data', (data) => {
      if (isServersTurn) roundTrips += 1;
      isServersTurn = false;
      upstream.write(data);
    });
    upstream.on('data', (data) => {
      isServersTurn = true;
      client.write(data);
    });
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    takeRoundTrips: () => {
      const taken = roundTrips;
      roundTrips = 0;
      return taken;
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((done) => void server.close(() => done()));
    },
  };
}
