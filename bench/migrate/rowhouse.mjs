import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runCold } from './cold.mjs';

/** The environment of a process that finds nothing compiled: the first one after an install is like this. */
export const nothingCompiled = { NODE_DISABLE_COMPILE_CACHE: '1' };

/** `rowhouse revision --autogenerate` in a project; what it writes is looked at and removed again. */
export function autogenerate({ directory }, build, environment = {}) {
  return async () => {
    const run = rowhouse(build, directory, ['revision', '--autogenerate', '-m', 'wanted'], environment);
    const file = run.text.trim().slice('bench: '.length);
    const text = await readFile(file, 'utf8');
    const counted = (kind) => text.split(`kind: '${kind}'`).length - 1;
    if (counted('create-table') !== 1 || counted('add-column') !== 1) throw new Error(`${file} holds something else`);
    await rm(file);
    return run;
  };
}

/** `rowhouse current` on a database that has every revision. */
export function current({ directory }, build, url, settings = {}) {
  const environment = { ...settings, DATABASE_URL: url };
  rowhouse(build, directory, ['stamp', 'head'], environment);
  return async () => {
    const run = rowhouse(build, directory, ['current'], environment);
    if (!run.text.includes('nothing pending')) throw new Error(`rowhouse current said ${run.text}`);
    return run;
  };
}

/** A process that does nothing: what every command line in JavaScript takes on this machine. */
export function bare() {
  return async () => runCold([process.execPath, '--eval', '0'], { directory: '.' });
}

function rowhouse(build, directory, words, environment = {}) {
  return runCold([process.execPath, join(build, 'cli/bin.js'), ...words], { directory, environment });
}
