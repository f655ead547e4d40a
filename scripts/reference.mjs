// Writes docs/reference/ from the code: `node scripts/reference.mjs`. With --check it writes nothing and fails on a difference.
import { mkdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commandsPage } from './reference/commands-page.mjs';
import { environmentPage } from './reference/environment-page.mjs';
import { errorsPage } from './reference/errors-page.mjs';
import { exportsPage } from './reference/exports-page.mjs';
import { lintPages } from './reference/lint-pages.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const pages = {
  'commands.md': commandsPage(),
  'environment.md': environmentPage(),
  'errors.md': errorsPage(root),
  'exports.md': exportsPage(root),
  ...lintPages(),
};

const stale = [];
for (const [name, text] of Object.entries(pages)) {
  const file = join(root, 'docs/reference', name);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  stale.push(`docs/reference/${name}`);
  if (process.argv.includes('--check')) continue;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
if (process.argv.includes('--check') && stale.length > 0) {
  console.error(`not current: ${stale.join(', ')}; run node scripts/reference.mjs`);
  process.exitCode = 1;
} else {
  for (const name of stale) console.log(`wrote ${name}`);
}
