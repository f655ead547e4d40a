import { randomBytes } from 'node:crypto';
import { freePort } from '../../../src/testing/server/free-port.ts';
import type { GaleraNode } from './node-kind.ts';

const portsPerNode = 4;

/** The nodes of a new cluster, each with ports that nobody else has. */
export async function describeNodes(provider: string, nodes: number): Promise<readonly GaleraNode[]> {
  const cluster = `rowhouse_${randomBytes(6).toString('hex')}`;
  const free = await freePorts(nodes * portsPerNode);
  const ports = Array.from({ length: nodes }, (_, index) => {
    const [clients = 0, group = 0, increments = 0, state = 0] = free.slice(index * portsPerNode);
    return { clients, group, increments, state };
  });
  const members = ports.map(({ group }) => group);
  return ports.map((own, index) => ({ cluster, name: `node${index}`, provider, ports: own, members }));
}

/** Nobody listens on them yet, so the same one may be found twice. */
async function freePorts(count: number): Promise<readonly number[]> {
  const found = new Set<number>();
  while (found.size < count) found.add(await freePort());
  return [...found];
}
