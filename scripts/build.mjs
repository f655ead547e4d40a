// Compiles src/ to dist/ with the TypeScript compiler alone: one file in, one file and its declarations out.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [dist, made, old] = ['dist', `.cache/build-${process.pid}`, `.cache/old-${process.pid}`].map(
  (name) => root + name,
);

mkdirSync(`${root}.cache`, { recursive: true });
execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '-p', 'tsconfig.json', '--outDir', made], {
  cwd: root,
  stdio: 'inherit',
});
chmodSync(`${made}/cli/bin.js`, 0o755);
// Swapped in whole, so that a process that runs from dist/ meanwhile never finds half of it.
if (existsSync(dist)) renameSync(dist, old);
renameSync(made, dist);
rmSync(old, { recursive: true, force: true });
