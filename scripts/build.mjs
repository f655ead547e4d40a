// Compiles src/ to dist/ with the TypeScript compiler: one file in, one file out, and its declarations where somebody
// can import what they describe.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { unreachableDeclarations } from './build/unreachable-declarations.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const [dist, made, old] = ['dist', `.cache/build-${process.pid}`, `.cache/old-${process.pid}`].map(
  (name) => root + name,
);

mkdirSync(`${root}.cache`, { recursive: true });
compile('--emitDeclarationOnly');
// What is said of the code is in its declarations: the code itself goes without.
compile('--declaration', 'false', '--isolatedDeclarations', 'false', '--removeComments');
printClosely();
for (const file of unreachableDeclarations(made, entries())) rmSync(file);
chmodSync(`${made}/cli/bin.js`, 0o755);
// Swapped in whole, so that a process that runs from dist/ meanwhile never finds half of it.
if (existsSync(dist)) renameSync(dist, old);
renameSync(made, dist);
rmSync(old, { recursive: true, force: true });

/** The declarations of what the package exports, from the built folder. */
function entries() {
  const { exports } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  return Object.values(exports).flatMap(({ types }) => (types === undefined ? [] : [types.replace('./dist/', '')]));
}

/** The compiler indents by four spaces, which are a tenth of what a person would install, and breaks what fits a line. */
function printClosely() {
  const files = readdirSync(made, { recursive: true }).filter((file) => /\.(?:js|d\.ts)$/.test(file));
  const words = ['-c', `${root}scripts/build/package-format.json`, ...files];
  execFileSync(`${root}node_modules/.bin/oxfmt`, words, { cwd: made, stdio: ['ignore', 'ignore', 'inherit'] });
}

function compile(...options) {
  const words = ['-p', 'tsconfig.json', '--outDir', made, ...options];
  execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, ...words], { cwd: root, stdio: 'inherit' });
}
