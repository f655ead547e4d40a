import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * The declarations in a built folder that no entry of the package leads to: nobody can import what they describe.
 * `entries` are the declarations of the entries, from that folder.
 */
export function unreachableDeclarations(folder, entries) {
  const reached = new Set();
  for (const entry of entries) reach(resolve(folder, entry), reached);
  return readdirSync(folder, { recursive: true })
    .map((name) => resolve(folder, name))
    .filter((file) => file.endsWith('.d.ts') && !reached.has(file));
}

function reach(file, reached) {
  if (reached.has(file)) return;
  reached.add(file);
  for (const next of importsOf(file)) reach(next, reached);
}

const specifier = /(?:\bfrom\s+|\bimport\(\s*|\bimport\s+)['"](\.[^'"]+)\.[jt]s['"]/g;

/** Those that are there: an example in a comment imports files of its reader. */
function importsOf(file) {
  return [...readFileSync(file, 'utf8').matchAll(specifier)]
    .map(([, path]) => join(dirname(file), `${path}.d.ts`))
    .filter((found) => existsSync(found));
}
