// Compiles src/ to dist/ with the TypeScript compiler alone: one file in, one file and its declarations out.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [dist, made, old] = ['dist', `.cache/build-${process.pid}`, `.cache/old-${process.pid}`].map(
  (name) => root + name,
);

mkdirSync(`${root}.cache`, { recursive: true });
compile('--emitDeclarationOnly');
// What is said of the code is in its declarations: the code itself goes without.
compile('--declaration', 'false', '--isolatedDeclarations', 'false', '--removeComments');
chmodSync(`${made}/cli/bin.js`, 0o755);
// Swapped in whole, so that a process that runs from dist/ meanwhile never finds half of it.
if (existsSync(dist)) renameSync(dist, old);
renameSync(made, dist);
rmSync(old, { recursive: true, force: true });

function compile(...options) {
  const words = ['-p', 'tsconfig.json', '--outDir', made, ...options];
  execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, ...words], { cwd: root, stdio: 'inherit' });
}
