#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// In the package itself: whoever could put other code there could change the package as well, which is not so in a shared
// temporary directory. Where it cannot be written, nothing is kept. This comes before anything else is loaded.
enableCompileCache(fileURLToPath(new URL('../../.cache/compiled', import.meta.url)));

const { main } = await import('./main.ts');
await main(process);
