import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Builds `dist/` when a source file is newer: what users run is what is tested. */
export function setup(): void {
  const built = 'dist/cli/bin.js';
  if (existsSync(built) && newestSource() <= statSync(built).mtimeMs) return;
  execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
}

function newestSource(): number {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).map((name) => join('src', name));
  return Math.max(...files.map((file) => statSync(file).mtimeMs));
}
