import { writeSync } from 'node:fs';
import { upgrade } from '../../../src/migration/run/upgrade.ts';
import { bookshop } from '../../integration/migration/history.ts';
import { openBench } from '../../integration/migration/open-bench.ts';

// A process to be killed: in the middle of a revision it says so and stands still, holding the lease.
const [url = ''] = process.argv.slice(2);
await using bench = await openBench(url, bookshop);
await upgrade({
  ...bench.context,
  onProgress({ revision, statement }) {
    if (revision.id !== 'r2' || statement !== 1) return;
    writeSync(process.stdout.fd, 'under way\n');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  },
});
