// From a fresh checkout to an API that answers: `npm run quickstart`. Starts on Node 20, goes on with the Node pinned here.
// With --check it stops by itself after the requests; else it serves until Ctrl-C. Leaves nothing behind.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPackages } from './quickstart/install-packages.mjs';
import { isBuilt } from './quickstart/is-built.mjs';
import { goOnWithPinnedNode, isPinnedNode } from './quickstart/pinned-node.mjs';
import { showRequests } from './quickstart/requests.mjs';
import { startServer } from './quickstart/start-server.mjs';
import { step } from './quickstart/step.mjs';
import { readOptions } from './read-options.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { check } = readOptions(import.meta.url, { check: { type: 'boolean', default: false } });

try {
  if (!existsSync(join(root, 'node_modules/.package-lock.json'))) {
    await installPackages(root);
  }
  process.exitCode = isPinnedNode(root) ? await quickstart() : await goOnWithPinnedNode(root);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function quickstart() {
  if (!isBuilt(root)) await step('build', process.execPath, [join(root, 'scripts/build.mjs')], { directory: root });
  const data = mkdtempSync(join(tmpdir(), 'rowhouse-quickstart-'));
  const place = {
    directory: join(root, 'examples/todo'),
    // Four slashes: the path of a file from the root of the file system.
    environment: { ...process.env, DATABASE_URL: `sqlite:///${data}/todo.db`, ENVIRONMENT: 'development' },
  };
  const rowhouse = join(root, 'dist/cli/bin.js');
  try {
    await step('make the tables', process.execPath, [rowhouse, 'up'], place);
    await step('load some rows', process.execPath, [rowhouse, 'seed'], place);
    const server = await startServer(rowhouse, place);
    console.log(`serving examples/todo at ${server.url}\n`);
    const answered = showRequests(server.url);
    if (!check) {
      console.log(`Browse ${server.url}/docs, or try the lines above. Ctrl-C ends it.`);
      await server.untilAskedToStop();
    }
    await server.stop();
    console.log('closed; nothing is left behind');
    return answered ? 0 : 1;
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}
