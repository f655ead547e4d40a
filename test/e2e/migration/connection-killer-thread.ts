import { parentPort, workerData } from 'node:worker_threads';
import type { Database } from '../../../src/database/database.ts';
import { openBench } from '../../integration/migration/open-bench.ts';

interface Given {
  readonly adminUrl: string;
  readonly state: Int32Array;
}

const { adminUrl, state } = workerData as Given;
const { database: admin, dialect } = await openBench(adminUrl, []);
await admin.run({ sql: 'select 1' }, []);
parentPort?.on('message', (database: string) => {
  void cut(database).finally(() => {
    Atomics.store(state, 0, 1);
    Atomics.notify(state, 0);
  });
});
parentPort?.postMessage('ready');

async function cut(database: string): Promise<void> {
  if (dialect.variants.includes('postgresql')) {
    const sql = 'select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1';
    await admin.run({ sql }, [database]);
    return;
  }
  for (const id of await sessions(admin, database)) await admin.run({ sql: `kill ${id}` }, []).catch(() => undefined);
  // The server ends a session a moment after it is told to.
  while ((await sessions(admin, database)).length > 0);
}

async function sessions(on: Database, database: string): Promise<readonly string[]> {
  const { rows } = await on.run({ sql: 'select id from information_schema.processlist where db = ?' }, [database]);
  return rows.map(([id]) => String(id));
}
