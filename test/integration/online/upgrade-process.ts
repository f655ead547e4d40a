import { writeSync } from 'node:fs';
import type { LoadedRevision } from '../../../src/migration/revision/revision.ts';
import { upgrade } from '../../../src/migration/run/upgrade.ts';
import { openBench } from '../migration/open-bench.ts';

// A process to be killed: it stands still where it has told one thing so often, and says so.
const [url = '', history = '[]', at = '', times = ''] = process.argv.slice(2);
await using bench = await openBench(url, JSON.parse(history) as LoadedRevision[]);
let told = 0;
await upgrade({
  ...bench.context,
  onProgress({ stage }) {
    if (stage !== at) return;
    told += 1;
    if (told < Number(times)) return;
    writeSync(process.stdout.fd, `${stage}\n`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  },
});
writeSync(process.stdout.fd, 'through\n');
