import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const processes = 10;

/** What it costs to have Rowhouse: CPU of its import in a fresh process, and the size of the package. */
export function packageCost(build) {
  return { import: importCpu(build), ...packageSize() };
}

/** Milliseconds of user and system time; a bare process is measured in between and gives the difference. */
function importCpu(folder) {
  const of = (script) =>
    Number(execFileSync(process.execPath, ['--input-type=module', '--eval', script], { cwd: root }));
  const cpuNow = 'const { user, system } = process.cpuUsage(); console.log((user + system) / 1000);';
  const runs = Array.from({ length: processes }, () => {
    const bare = of(cpuNow);
    return of(`await import(${JSON.stringify(`${folder}/index.js`)}); ${cpuNow}`) - bare;
  }).toSorted((a, b) => a - b);
  return { minMs: runs[0], medianMs: runs[processes >> 1], modules: countModules(folder) };
}

function countModules(folder) {
  const script = `import { registerHooks } from 'node:module';
    let count = 0;
    registerHooks({ load: (url, context, next) => { count += url.startsWith('file:') ? 1 : 0; return next(url, context); } });
    await import(${JSON.stringify(`${folder}/index.js`)});
    console.log(count);`;
  return Number(execFileSync(process.execPath, ['--input-type=module', '--eval', script], { cwd: root }));
}

/** The packed file, and what it takes once installed without any driver. */
function packageSize() {
  const folder = mkdtempSync(join(tmpdir(), 'rowhouse-size-'));
  try {
    // npm looks for the project further up otherwise.
    writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    const npm = (...words) =>
      execFileSync('npm', words, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] }).toString();
    const [{ filename, size }] = Object.values(JSON.parse(npm('pack', root, '--json', '--ignore-scripts')));
    npm('install', '--ignore-scripts', '--omit=optional', '--omit=peer', `./${filename}`);
    const modules = join(folder, 'node_modules');
    const { scripts = {} } = JSON.parse(readFileSync(join(modules, 'rowhouse/package.json'), 'utf8'));
    return {
      packedBytes: size,
      installedBytes: bytesOf(modules),
      packages: readdirSync(modules).filter((name) => !name.startsWith('.')),
      installScripts: ['preinstall', 'install', 'postinstall'].filter((name) => name in scripts),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function bytesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

/** The same in words. */
export function packageText({ import: cost, packedBytes, installedBytes, packages, installScripts }) {
  const kilobytes = (bytes) => `${(bytes / 1000).toFixed(0)} kB`;
  return [
    `import 'rowhouse': ${cost.minMs.toFixed(0)} ms of CPU at least, ${cost.medianMs.toFixed(0)} ms median of ${processes}, ${cost.modules} modules`,
    `package: ${kilobytes(packedBytes)} packed, ${kilobytes(installedBytes)} installed without drivers`,
    `packages installed: ${packages.join(', ')}; install scripts: ${installScripts.join(', ') || 'none'}`,
  ].join('\n');
}
