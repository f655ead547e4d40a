import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installConsumer, pack, packFresh, temporaryDirectory, type PackedPackage } from './pack.ts';

/** What a person downloads before they have written a line. */
const unpackedLimitBytes = 3 * 1024 * 1024;

const drivers = ['pg', 'mysql2', 'better-sqlite3', 'fastify'];

describe('the package as it is published', () => {
  const directory = temporaryDirectory();
  let packed: PackedPackage;
  let consumer: string;

  beforeAll(() => {
    packed = pack(directory.path);
    consumer = installConsumer(directory.path, packed);
  }, 120_000);
  afterAll(() => directory[Symbol.dispose]());

  test('is small and holds what runs, its types and its papers', () => {
    const other = packed.paths.filter((path) => !/^dist\/.*\.(?:js|d\.ts)$/.test(path));

    expect(packed.unpackedBytes).toBeLessThanOrEqual(unpackedLimitBytes);
    expect(other.toSorted()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']);
  });

  test('is built first where nothing was built', () => {
    using directory = temporaryDirectory();

    expect(packFresh(directory.path).paths.filter((path) => path.startsWith('dist/'))).toEqual(
      packed.paths.filter((path) => path.startsWith('dist/')),
    );
  });

  test('runs nothing when it is installed, and brings no driver', () => {
    const lock = JSON.parse(readFileSync(join(consumer, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { hasInstallScript?: boolean; peer?: boolean }>;
    };
    const withScripts = Object.entries(lock.packages).filter(
      ([, { hasInstallScript, peer }]) => hasInstallScript && !peer,
    );

    expect(withScripts).toEqual([]);
    expect(drivers.filter((name) => existsSync(join(consumer, 'node_modules', name)))).toEqual([]);
  });

  test('compiles in a strict project that checks the types of its packages', () => {
    expect(() => tool('typescript/bin/tsc', ['-p', consumer], consumer)).not.toThrow();
  });

  test('works in a project that has no driver installed', () => {
    expect(execFileSync(process.execPath, ['consumer.ts'], { cwd: consumer, encoding: 'utf8' })).toBe(
      'the package works\n',
    );
  });

  test('has a command', () => {
    const bin = join(consumer, 'node_modules/.bin/rowhouse');
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

    expect(execFileSync(bin, ['--version'], { encoding: 'utf8' })).toBe(`${version}\n`);
  });

  test('keeps what it has compiled in its own folder, and works where it cannot', () => {
    const bin = join(consumer, 'node_modules/.bin/rowhouse');
    const kept = join(consumer, 'node_modules/rowhouse/.cache');
    const env = { ...process.env, NODE_COMPILE_CACHE: undefined, NODE_DISABLE_COMPILE_CACHE: undefined };
    const run = (): string => execFileSync(bin, ['--version'], { encoding: 'utf8', env });

    const first = run();
    const hasKept = existsSync(join(kept, 'compiled'));
    rmSync(kept, { recursive: true });
    writeFileSync(kept, 'a file where the folder would be');

    expect(hasKept).toBe(true);
    expect(run()).toBe(first);
  });

  test('is what publint and arethetypeswrong ask for', () => {
    expect(() => tool('publint/src/cli.js', ['--strict', packed.file])).not.toThrow();
    expect(() => tool('@arethetypeswrong/cli/dist/index.js', [packed.file, '--profile', 'esm-only'])).not.toThrow();
  });
});

/** Runs a tool of this project; what it says is the message when it fails. */
function tool(script: string, words: readonly string[], directory = '.'): void {
  try {
    execFileSync(process.execPath, [resolve('node_modules', script), ...words], { cwd: directory, encoding: 'utf8' });
  } catch (error) {
    const said = error as { readonly stdout?: string; readonly stderr?: string };
    throw new Error(`${script} failed:\n${said.stdout ?? ''}${said.stderr ?? ''}`, { cause: error });
  }
}
