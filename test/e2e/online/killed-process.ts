import { flushCompileCache } from 'node:module';
import { upgrade } from '../../../src/migration/run/upgrade.ts';
import { openBench } from '../../integration/migration/open-bench.ts';
import { parcelHistory } from '../../integration/online/parcels.ts';

// A process that kills itself behind one of the steps of a change that is made in several, or one of its batches.
const [url = '', title = '', point = ''] = process.argv.slice(2);
let steps = 0;
await using bench = await openBench(url, parcelHistory(title));
flushCompileCache(); // a process that is killed keeps nothing of what it has compiled
await upgrade({
  ...bench.context,
  onProgress({ stage }) {
    if (stage !== 'says' && stage !== 'fills') return;
    if (steps === Number(point)) process.kill(process.pid, 'SIGKILL');
    steps += 1;
  },
});
