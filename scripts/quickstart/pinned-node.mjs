import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';

/** Is this process run by the Node that the project pins, the one that reads TypeScript? */
export function isPinnedNode(root) {
  return realpathSync(process.execPath) === pinnedNode(root);
}

/** Runs the same script again with the pinned Node, hands signals on, and gives its exit code. */
export async function goOnWithPinnedNode(root) {
  const child = spawn(pinnedNode(root), process.argv.slice(1), { stdio: 'inherit' });
  // Ctrl-C reaches both processes: this one must outlive the other to give its exit code.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  const [code] = await once(child, 'close');
  return code ?? 1;
}

function pinnedNode(root) {
  return realpathSync(join(root, 'node_modules/node/bin/node'));
}
