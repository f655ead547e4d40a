import { Worker } from 'node:worker_threads';

/** Cuts every connection to a database while the caller stands still. */
export interface ConnectionKiller extends AsyncDisposable {
  cut(database: string): void;
}

/** Longer than any server takes to end a session. */
const patienceMs = 20_000;

/** A thread with a connection of its own: the one that is stopped has to stay where it is. */
export async function startConnectionKiller(adminUrl: string): Promise<ConnectionKiller> {
  const state = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL('./connection-killer-thread.ts', import.meta.url), {
    workerData: { adminUrl, state },
  });
  await new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
  });
  return {
    cut: (database) => {
      Atomics.store(state, 0, 0);
      worker.postMessage(database);
      if (Atomics.wait(state, 0, 0, patienceMs) === 'timed-out')
        throw new Error('the connections were not cut in time');
    },
    [Symbol.asyncDispose]: async () => {
      await worker.terminate();
    },
  };
}
