import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const bench = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('..', import.meta.url));

/** Builds Rowhouse as it is now; gives the folder of the build. */
export function prepareRowhouse() {
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: ['ignore', 2, 2] });
  return `${root}dist`;
}

/** Installs the peers where they are missing. Gives those that cannot run here, by name, with the reason. */
export function preparePeers() {
  installPeers();
  return generatePrismaClient() ? {} : { Prisma: 'its client could not be generated here' };
}

/** Installs the peers, unless that was done since the lock file changed. */
export function installPeers() {
  const [wanted, installed] = ['package-lock.json', 'node_modules/.package-lock.json'].map((name) => bench + name);
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(wanted).mtimeMs) return;
  execFileSync('npm', ['ci', '--prefix', bench, '--ignore-scripts'], { stdio: ['ignore', 2, 2] });
}

/**
 * Prisma needs generated code. Its command insists on an engine that only migrations use and would download it; any
 * program in the engine's place keeps it from doing so.
 */
function generatePrismaClient() {
  if (existsSync(`${bench}node_modules/.prisma/client/schema.prisma`)) return true;
  try {
    execFileSync(process.execPath, [`${bench}node_modules/prisma/build/index.js`, 'generate', '--no-hints'], {
      cwd: bench,
      env: {
        ...process.env,
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
        CHECKPOINT_DISABLE: '1',
      },
      stdio: 'pipe',
    });
    return true;
  } catch {
    return false;
  }
}
