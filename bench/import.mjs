// What it costs to have Rowhouse: CPU of `import 'rowhouse'` in a fresh process, and the size of the package.
//
//   node bench/import.mjs [--json] [--write] [--build DIR]
import { resolve } from 'node:path';
import { readOptions } from '../scripts/read-options.mjs';
import { packageCost, packageText } from './package-cost.mjs';
import { writeBlock } from './page.mjs';
import { prepareRowhouse } from './prepare.mjs';

const options = readOptions(import.meta.url, {
  json: { type: 'boolean', default: false },
  write: { type: 'boolean', default: false },
  build: { type: 'string' },
});
const found = packageCost(options.build === undefined ? prepareRowhouse() : resolve(options.build));
const text = packageText(found);
if (options.write) writeBlock('docs/design/speed.md', 'import', text);
console.log(options.json ? JSON.stringify(found) : text);
