import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** What `npm pack` says about the package it made. */
export interface PackedPackage {
  readonly file: string;
  readonly unpackedBytes: number;
  readonly paths: readonly string[];
}

interface PackReport {
  readonly filename: string;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

/** Packs the project, which is built, as `npm publish` would. */
export function pack(directory: string): PackedPackage {
  const words = ['pack', '--json', '--ignore-scripts', '--pack-destination', directory];
  return packed(directory, execFileSync('npm', words, { encoding: 'utf8' }));
}

/** Packs a copy of what a checkout holds, in which nothing is built yet. */
export function packFresh(directory: string): PackedPackage {
  const checkout = join(directory, 'checkout');
  for (const name of ['src', 'scripts', 'package.json', 'tsconfig.json', 'tsconfig.base.json'])
    cpSync(name, join(checkout, name), { recursive: true });
  symlinkSync(resolve('node_modules'), join(checkout, 'node_modules'));
  const words = ['pack', '--json', '--silent', '--pack-destination', directory];
  return packed(directory, execFileSync('npm', words, { cwd: checkout, encoding: 'utf8' }));
}

function packed(directory: string, said: string): PackedPackage {
  const [report] = JSON.parse(said) as PackReport[];
  if (report === undefined) throw new Error('npm pack made nothing');
  return {
    file: join(directory, report.filename),
    unpackedBytes: report.unpackedSize,
    paths: report.files.map(({ path }) => path),
  };
}

/** A directory that is removed at the end of its block. */
export function temporaryDirectory(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'rowhouse-package-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** Installs the packed package in a copy of the consumer project, from the registry's cache where it can. */
export function installConsumer(directory: string, { file }: PackedPackage): string {
  const consumer = join(directory, 'consumer');
  cpSync('test/package/consumer', consumer, { recursive: true });
  const words = ['install', '--no-audit', '--no-fund', '--prefer-offline', '--omit=peer', file];
  execFileSync('npm', words, { cwd: consumer, stdio: 'pipe' });
  // The types of Node are the consumer's own; the project has them, so they need no download.
  for (const name of ['@types/node', 'undici-types']) {
    const link = join(consumer, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(resolve('node_modules', name), link);
  }
  return consumer;
}
