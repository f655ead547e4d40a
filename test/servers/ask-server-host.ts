import { request } from 'node:http';
import type { RunningServer } from './server-host.ts';

/** Asks the run's server host for a server; the first to ask waits until it has started. */
export async function askServerHost(socket: string, name: string): Promise<RunningServer> {
  const { status, body } = await get(socket, `/${encodeURIComponent(name)}`);
  if (status !== 200) throw new Error(`${name} could not be started: ${body}`);
  return JSON.parse(body) as RunningServer;
}

async function get(socketPath: string, path: string): Promise<{ readonly status: number; readonly body: string }> {
  return await new Promise((resolve, reject) => {
    const asked = request({ socketPath, path, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    asked.on('error', reject);
    asked.end();
  });
}
