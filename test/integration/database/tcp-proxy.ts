import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** What happens to the next line over which a matching request goes. */
export interface Fault {
  /** The server still gets the request. */
  readonly forward: boolean;
  /** `drop`: the line dies instead of the answer; `swallow`: it stays and is silent; `late`: the request takes 300 ms. */
  readonly fate: 'drop' | 'swallow' | 'late';
}

export interface Proxy extends AsyncDisposable {
  readonly port: number;
  /** Arms one fault for the first request that matches. */
  onRequest(pattern: RegExp, fault: Fault): void;
}

/** A TCP proxy in front of a server that can lose an answer. */
export async function startProxy(host: string, port: number): Promise<Proxy> {
  const sockets = new Set<Socket>();
  let armed: { readonly pattern: RegExp; readonly fault: Fault } | undefined;
  const server = createServer((client) => {
    const upstream = connect(port, host);
    let fault: Fault | undefined;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on('data', (data) => {
      if (armed?.pattern.test(data.toString('latin1')) === true) {
        fault = armed.fault;
        armed = undefined;
        if (!fault.forward) return void client.destroy();
        if (fault.fate === 'late') return void setTimeout(() => upstream.write(data), 300);
      }
      upstream.write(data);
    });
    upstream.on('data', (data) => {
      if (fault === undefined || fault.fate === 'late') client.write(data);
      else if (fault.fate === 'drop') client.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    onRequest(pattern, fault) {
      armed = { pattern, fault };
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
