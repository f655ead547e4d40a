import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Was `dist/` made from the sources as they are? A build while others use `dist/` would take it from under them. */
export function isBuilt(root) {
  const built = join(root, 'dist/cli/bin.js');
  if (!existsSync(built)) return false;
  const builtAt = statSync(built).mtimeMs;
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).every(
    (name) => statSync(join(root, 'src', name)).mtimeMs <= builtAt,
  );
}
