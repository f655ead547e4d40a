import { connect } from 'node:net';

/** The first bytes a server sends after `say`, or undefined when nothing answers within a second. */
export async function greeting(port: number, say?: string | Uint8Array): Promise<Buffer | undefined> {
  return await new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: 1_000 });
    const finish = (answer: Buffer | undefined): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => say !== undefined && socket.write(say));
    socket.once('data', finish);
    socket.once('timeout', () => finish(undefined));
    socket.once('error', () => finish(undefined));
    socket.once('close', () => finish(undefined));
  });
}
