import { upgrade } from '../../../src/migration/run/upgrade.ts';
import { openBench } from '../../integration/migration/open-bench.ts';
import { longHistory } from './long-history.ts';

// A process that kills itself at one of the moments before and after the statements of its run.
const [url = '', point = '', concurrent = ''] = process.argv.slice(2);
let moments = 0;
await using bench = await openBench(url, longHistory({ concurrentIndexes: concurrent === 'true' }));
await upgrade({
  ...bench.context,
  onProgress({ stage }) {
    if (stage === 'waits') return;
    if (moments === Number(point)) process.kill(process.pid, 'SIGKILL');
    moments += 1;
  },
});
