import { execFile } from 'node:child_process';
import { access, constants, glob, realpath } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import type { ServerEngine } from './private-server.ts';
import type { ServerKind } from './server-kind.ts';

/** A server program found on this machine. */
export interface Installation {
  readonly engine: ServerEngine;
  readonly version: string;
  /** The directory of its programs. */
  readonly programs: string;
}

/** All installations of this kind of server, newest version first. */
export async function findInstallations(kind: ServerKind): Promise<readonly Installation[]> {
  const files = new Map<string, string>(); // by real path: a directory of the PATH is often a link to another
  for (const directory of [...kind.places, ...pathDirectories()]) {
    for await (const file of glob(join(directory, kind.program))) {
      const real = await realpath(file);
      files.set(real, files.get(real) ?? file);
    }
  }
  const found = await Promise.all([...files.values()].map(async (file) => await describe(kind, file)));
  return found.filter((installation) => installation !== undefined).toSorted(newestFirst);
}

function pathDirectories(): readonly string[] {
  return (process.env['PATH'] ?? '').split(delimiter).filter((directory) => directory.startsWith('/'));
}

async function describe(kind: ServerKind, file: string): Promise<Installation | undefined> {
  try {
    await access(file, constants.X_OK);
    const { stdout } = await promisify(execFile)(file, ['--version']);
    const version = kind.versionPattern.exec(stdout)?.[1];
    return version === undefined ? undefined : { engine: kind.engine, version, programs: join(file, '..') };
  } catch {
    return undefined; // a program that cannot even say its version is no installation
  }
}

function newestFirst(a: Installation, b: Installation): number {
  return b.version.localeCompare(a.version, 'en', { numeric: true });
}
