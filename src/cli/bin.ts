#!/usr/bin/env node
import * as loader from 'node:module';
import { fileURLToPath } from 'node:url';

// An older Node lacks this function; so early nothing else of ours is loaded that could say what is wrong.
if (!('enableCompileCache' in loader)) {
  process.stderr.write(`error: rowhouse needs Node 22.18 or later, and this is ${process.version}\n`);
  process.exit(2);
}

// In the package itself: whoever could put other code there could change the package as well, which is not so in a shared
// temporary directory. Where it cannot be written, nothing is kept. This comes before anything else is loaded.
loader.enableCompileCache(fileURLToPath(new URL('../../.cache/compiled', import.meta.url)));

const { main } = await import('./main.ts');
await main(process);
