import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { temporaryDatabase } from '../../../src/testing/database/temporary-database.ts';
import type { PrivateServer } from '../../../src/testing/server/private-server.ts';
import { startServer } from '../../../src/testing/server/start-server.ts';
import { foundBank } from './bank.ts';

/** A bank with a server of its own, so that nobody else is hit when it is killed. */
export interface ServerBank extends AsyncDisposable {
  readonly url: string;
  readonly server: PrivateServer;
}

export async function serverBank(engine: 'postgresql' | 'mariadb'): Promise<ServerBank> {
  const server = await startServer({ engine });
  const { url } = await temporaryDatabase(server, { checkLeaks: false });
  await foundBank(url);
  return { url, server, [Symbol.asyncDispose]: async () => await server[Symbol.asyncDispose]() };
}

/** A bank in a file. */
export async function fileBank(): Promise<AsyncDisposable & { readonly url: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'rowhouse-chaos-'));
  const url = `sqlite:///${join(directory, 'bank.db')}`;
  await foundBank(url);
  return { url, [Symbol.asyncDispose]: async () => await rm(directory, { recursive: true }) };
}
