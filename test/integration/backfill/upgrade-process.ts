import { writeSync } from 'node:fs';
import { upgrade } from '../../../src/migration/run/upgrade.ts';
import { openBench } from '../migration/open-bench.ts';
import { customers, fillContact } from './customers.ts';

// A process to be killed: it says how many rows it has filled in, and stands still after some of them.
const [url = '', standsStillAfter = ''] = process.argv.slice(2);
await using bench = await openBench(url, customers({ ...fillContact, batchRows: 500 }));
await upgrade({
  ...bench.context,
  onProgress({ filled }) {
    if (filled === undefined || filled.rowsDone < Number(standsStillAfter)) return;
    writeSync(process.stdout.fd, `${filled.rowsDone}\n`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  },
});
