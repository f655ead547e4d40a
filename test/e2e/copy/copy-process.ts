import { copy } from '../../../src/ops/copy/copy.ts';
import { openSample } from '../../integration/pull/open-sample.ts';

// A process to be killed: copies between the two URLs in small batches, and writes a dot for each step it makes.
const [source = '', target = ''] = process.argv.slice(2);
await using from = await openSample(source);
await using to = await openSample(target);
await copy({ from, to, batchRows: 100, onProgress: () => process.stdout.write('.') });
