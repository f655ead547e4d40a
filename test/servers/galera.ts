import { randomBytes } from 'node:crypto';
import type { DatabaseServer } from '../../src/testing/server/private-server.ts';
import { describeNodes } from './galera/describe-nodes.ts';
import { findGalera } from './galera/installation.ts';
import { startMember, type Member } from './galera/member.ts';

/** A private cluster of MariaDB servers. Leaving its `await using` block kills them and removes their files. */
export interface GaleraCluster extends AsyncDisposable {
  /** Counted from 0. */
  node(index: number): DatabaseServer;
  /** Ends a node as a power cut does. */
  kill(index: number): Promise<void>;
  /** Starts a node that was killed; it copies what the others have. One of them must run. */
  start(index: number): Promise<void>;
}

/**
 * Starts the nodes one after the other: each copies the files of one that is there.
 *
 * @example
 * ```ts
 * await using cluster = await startGaleraCluster({ nodes: 3 });
 * const url = cluster.node(1).url('shop');
 * ```
 */
export async function startGaleraCluster({ nodes }: { readonly nodes: number }): Promise<GaleraCluster> {
  const galera = await findGalera();
  if ('missing' in galera) throw new Error(galera.missing);
  const { installation, provider } = galera;
  const password = randomBytes(18).toString('base64url');
  await using started = new AsyncDisposableStack();
  const members: Member[] = [];
  for (const node of await describeNodes(provider, nodes)) {
    const role = members.length === 0 ? 'founds' : 'joins';
    members.push(started.use(await startMember(node, { role, installation, password })));
  }
  const running = started.move();
  const member = (index: number): Member => {
    const found = members[index];
    if (found === undefined) throw new RangeError(`the cluster has no node ${index}`);
    return found;
  };
  return {
    node: (index) => member(index).server,
    kill: async (index) => await member(index).kill(),
    start: async (index) => await member(index).start(),
    [Symbol.asyncDispose]: async () => await running.disposeAsync(),
  };
}
