import { readFile } from 'node:fs/promises';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { Target, TlsPolicy } from './target.ts';

/** One way to reach the server: in the clear, or over TLS with what that needs. */
export type Line = { readonly tls: false } | TlsLine;

export interface TlsLine {
  readonly tls: true;
  /** What is checked of the server: nothing, that a trusted authority signed its certificate, or its name as well. */
  readonly authenticate: 'nothing' | 'chain' | 'name';
  readonly ca?: string;
  readonly certificate?: string;
  readonly key?: string;
}

const plain: Line = { tls: false };

/**
 * The lines to try, in order, for the target's TLS mode. Files are read here and a missing one is an error in every
 * mode that may use TLS. A Unix socket never leaves the machine and takes no TLS.
 */
export async function linesTo(target: Target): Promise<readonly Line[]> {
  const { mode } = target.tls;
  if (mode === 'disable' || isSocket(target)) return [plain];
  const files = await readFiles(target.tls);
  switch (mode) {
    case 'allow':
      return [plain, { tls: true, authenticate: 'nothing', ...files }];
    case 'prefer':
      return [{ tls: true, authenticate: 'nothing', ...files }, plain];
    case 'require':
      return [{ tls: true, authenticate: 'nothing', ...files }];
    case 'verify-ca':
      return [{ tls: true, authenticate: 'chain', ...files }];
    case 'verify-full':
      return [{ tls: true, authenticate: 'name', ...files }];
  }
}

/** True when the target's host is the directory of a Unix socket. */
export function isSocket(target: Target): boolean {
  return target.host?.startsWith('/') === true;
}

/**
 * Opens the first line that works. The next one is tried only when `refused` says that the server turned the line
 * itself down: a wrong password or a dead server fails at once.
 */
export async function openFirst<T>(
  lines: readonly Line[],
  open: (line: Line) => Promise<T>,
  refused: (error: unknown, line: Line) => boolean,
): Promise<T> {
  let last: unknown;
  for (const line of lines) {
    try {
      return await open(line);
    } catch (error) {
      last = error;
      if (!refused(error, line)) break;
    }
  }
  throw last;
}

async function readFiles(policy: TlsPolicy): Promise<Pick<TlsLine, 'ca' | 'certificate' | 'key'>> {
  const [ca, certificate, key] = await Promise.all([
    readPem(policy.ca, 'certificate authority'),
    readPem(policy.certificate, 'client certificate'),
    readPem(policy.key, 'client key'),
  ]);
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(certificate === undefined ? {} : { certificate }),
    ...(key === undefined ? {} : { key }),
  };
}

async function readPem(path: string | undefined, what: string): Promise<string | undefined> {
  if (path === undefined) return undefined;
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new RowhouseError('TLS_FAILED', `the ${what} file cannot be read: ${path}`, { details: { path }, cause });
  });
  if (text.includes('-----BEGIN ')) return text;
  // Node takes a file without certificates for an empty list of authorities and says so only by refusing every server.
  throw new RowhouseError('TLS_FAILED', `the ${what} file is not in PEM form: ${path}`, { details: { path } });
}
