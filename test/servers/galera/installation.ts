import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findInstallations, type Installation } from '../../../src/testing/server/installation.ts';
import { mariadb } from '../../../src/testing/servers/mariadb.ts';

/** What a cluster is made of on this machine. */
export interface GaleraInstallation {
  readonly installation: Installation;
  /** The library that replicates. */
  readonly provider: string;
}

const providers = ['/usr/lib/galera/libgalera_smm.so', '/usr/lib64/galera-4/libgalera_smm.so'];

/** MariaDB with Galera, or what is missing for it. */
export async function findGalera(): Promise<GaleraInstallation | { readonly missing: string }> {
  const [installation] = await findInstallations(mariadb);
  const provider = providers.find((file) => existsSync(file));
  if (installation === undefined) return missing('a MariaDB server');
  if (provider === undefined) return missing('the library galera-4');
  if (!isOnPath('rsync')) return missing('rsync'); // a node that joins copies the files with it
  return { installation, provider };
}

function missing(what: string): { readonly missing: string } {
  return { missing: `mariadb-galera needs ${what}: run \`node scripts/servers.mjs\`` };
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((directory) => existsSync(join(directory, program)));
}
