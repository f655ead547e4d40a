import { copy } from '../../../src/ops/copy/copy.ts';
import { openSample } from '../../integration/pull/open-sample.ts';

// A process to be killed: copies between the two URLs in small batches, and says when it starts.
const [source = '', target = ''] = process.argv.slice(2);
await using from = await openSample(source);
await using to = await openSample(target);
process.stdout.write('started\n');
await copy({ from, to, batchRows: 100 });
