import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generatePrismaClient } from './prisma-client.mjs';

const bench = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('..', import.meta.url));

/** Builds Rowhouse as it is now; gives the folder of the build. */
export function prepareRowhouse() {
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: ['ignore', 2, 2] });
  return `${root}dist`;
}

/** Installs the peers where they are missing. Gives those that cannot run here, by name and engine, with the reason. */
export function preparePeers() {
  installPeers();
  const reasons = ['postgresql', 'mariadb', 'sqlite'].map((engine) => [engine, generatePrismaClient(bench, engine)]);
  return Object.fromEntries(
    reasons.flatMap(([engine, reason]) => (reason === undefined ? [] : [[`Prisma on ${engine}`, reason]])),
  );
}

/** Installs the peers, unless that was done since the lock file changed. */
export function installPeers() {
  const [wanted, installed] = ['package-lock.json', 'node_modules/.package-lock.json'].map((name) => bench + name);
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(wanted).mtimeMs) return;
  execFileSync('npm', ['ci', '--prefix', bench, '--ignore-scripts'], { stdio: ['ignore', 2, 2] });
}
