// What it costs to have Rowhouse: CPU of `import 'rowhouse'` in a fresh process, and the size of the package.
//
//   node bench/import.mjs [--json] [--write] [--build DIR]
import { resolve } from 'node:path';
import { packageCost, packageText } from './package-cost.mjs';
import { writeBlock } from './page.mjs';
import { prepareRowhouse } from './prepare.mjs';

const given = process.argv.indexOf('--build');
const found = packageCost(given === -1 ? prepareRowhouse() : resolve(process.argv[given + 1]));
const text = packageText(found);
if (process.argv.includes('--write')) writeBlock('docs/design/speed.md', 'import', text);
console.log(process.argv.includes('--json') ? JSON.stringify(found) : text);
