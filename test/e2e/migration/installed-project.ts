import { spawn, type ChildProcess } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** A project with the package installed in it: a copy, so that nobody rebuilds it while it runs. */
export interface InstalledProject extends AsyncDisposable {
  /** Starts the command line. */
  start(words: readonly string[], url: string): ChildProcess;
  run(words: readonly string[], url: string): Promise<CommandResult>;
}

export interface CommandResult {
  readonly exitCode: number | null;
  readonly output: string;
}

export async function installProject(files: Readonly<Record<string, string>>): Promise<InstalledProject> {
  const directory = await mkdtemp(join(tmpdir(), 'rowhouse-project-'));
  const modules = join(directory, 'node_modules');
  await mkdir(join(modules, 'rowhouse'), { recursive: true });
  await cp('package.json', join(modules, 'rowhouse', 'package.json'));
  await cp('dist', join(modules, 'rowhouse', 'dist'), { recursive: true });
  for (const name of ['pg', 'pg-cursor', 'mysql2', 'better-sqlite3'])
    await symlink(resolve('node_modules', name), join(modules, name));
  for (const [name, text] of Object.entries({ 'package.json': '{ "type": "module" }', ...files })) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), text);
  }
  const start = (words: readonly string[], url: string): ChildProcess =>
    spawn(process.execPath, [join(modules, 'rowhouse', 'dist', 'cli', 'bin.js'), ...words], {
      cwd: directory,
      env: {
        PATH: process.env['PATH'],
        DATABASE_URL: url,
        DB_SSLMODE_DEFAULT: 'disable',
        NODE_COMPILE_CACHE: join(directory, '.cache'),
        NODE_NO_WARNINGS: '1',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  return {
    start,
    run: async (words, url) => await ended(start(words, url)),
    [Symbol.asyncDispose]: async () => await rm(directory, { recursive: true, force: true }),
  };
}

/** Waits for the end of a process; its exit code is null when a signal ended it. */
export async function ended(child: ChildProcess): Promise<CommandResult> {
  let output = '';
  const collect = (text: Buffer): void => {
    output += text.toString();
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  return await new Promise((done) => child.on('close', (exitCode) => done({ exitCode, output })));
}
