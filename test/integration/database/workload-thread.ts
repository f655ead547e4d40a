// Run as a thread of its own: for each job it blocks until the gate opens, then writes through a connection of its own.
import { parentPort } from 'node:worker_threads';
import { sql } from '../../../src/sql/sql.ts';
import { openUrl } from './open-url.ts';

interface Job {
  readonly url: string;
  readonly n: number;
  /** Closed while it is 0. */
  readonly gate: Int32Array<SharedArrayBuffer>;
}

parentPort?.on('message', ({ url, n, gate }: Job) => {
  Atomics.wait(gate, 0, 0);
  void write(url, n).then(() => parentPort?.postMessage(n));
});

async function write(url: string, n: number): Promise<void> {
  await using database = await openUrl(url);
  await database.execute(sql`insert into hit (n) values (${n})`);
}
