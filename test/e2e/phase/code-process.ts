import { setTimeout as delay } from 'node:timers/promises';
import { connect } from '../../../src/connect/connect.ts';
import type { ServiceDatabase } from '../../../src/connect/service-session.ts';
import { fromUrl } from '../../../src/connect/from-environment.ts';
import { fresh, old } from './shop.ts';

/** What a process that ran one version of the code has done. */
export interface Work {
  readonly rounds: number;
  /** By id, what it wrote last; no other process writes these rows. */
  readonly people: Readonly<Record<number, string>>;
  readonly places: Readonly<Record<number, string>>;
  readonly failures: readonly string[];
}

/** The code of one version, as far as it differs. */
interface Code {
  readonly revision: string;
  insertPerson(id: number, name: string): Promise<unknown>;
  renamePerson(id: number, name: string): Promise<unknown>;
  insertPlace(id: number, name: string): Promise<unknown>;
  renamePlace(id: number, name: string): Promise<unknown>;
  /** A name of each of the newest rows, whoever wrote them. */
  names(): Promise<readonly unknown[]>;
}

const [version = '', url = '', offset = '0'] = process.argv.slice(2);

const settings = fromUrl(url);
const local = { ...settings, write: { ...settings.write, tls: { mode: 'disable' } as const } };
const revision = version === 'old' ? 'first' : 'contract';
await using database = await connect(version === 'old' ? old : fresh, local, {
  report: { service: 'app', version, revision },
});
const code = version === 'old' ? oldCode(database) : newCode(database);

let isStopped = false;
let rounds = 0;
const people: Record<number, string> = {};
const places: Record<number, string> = {};
const failures: string[] = [];

process.on('message', (message) => {
  if (message === 'stop') isStopped = true;
});
process.send?.({ rounds });
while (!isStopped) {
  await round(Number(offset) + rounds);
  rounds += 1;
  process.send?.({ rounds });
  await delay(5);
}
const work: Work = { rounds, people, places, failures };
process.send?.({ work });
process.disconnect();

async function round(id: number): Promise<void> {
  const earlier = Number(offset) + Math.floor(rounds / 2);
  await attempt(
    async () => await code.insertPerson(id, `p${id}`),
    () => (people[id] = `p${id}`),
  );
  await attempt(
    async () => await code.renamePerson(earlier, `p${earlier} again`),
    () => (people[earlier] = `p${earlier} again`),
  );
  await attempt(
    async () => await code.insertPlace(id, `s${id}`),
    () => (places[id] = `s${id}`),
  );
  await attempt(
    async () => await code.renamePlace(earlier, `s${earlier} again`),
    () => (places[earlier] = `s${earlier} again`),
  );
  await attempt(
    async () => {
      for (const name of await code.names()) if (typeof name !== 'string') throw new Error('a row has no name');
    },
    () => undefined,
  );
}

async function attempt(work: () => Promise<unknown>, done: () => void): Promise<void> {
  try {
    await work();
    done();
  } catch (error) {
    failures.push(String(error));
  }
}

function oldCode(on: ServiceDatabase): Code {
  const [rows, shops] = [on.repository(old.people), on.repository(old.places)];
  return {
    revision: 'first',
    insertPerson: async (id, name) => await rows.insert({ id, name }),
    renamePerson: async (id, name) => await rows.update(id, { name }),
    insertPlace: async (id, name) => await shops.insert({ id, name }),
    renamePlace: async (id, name) => await shops.update(id, { name }),
    names: async () => [
      ...(await rows.list({ order: ['-id'], limit: 20 })).map(({ name }) => name),
      ...(await shops.list({ order: ['-id'], limit: 20 })).map(({ name }) => name),
    ],
  };
}

function newCode(on: ServiceDatabase): Code {
  const [rows, stores] = [on.repository(fresh.people), on.repository(fresh.places)];
  return {
    revision: 'contract',
    insertPerson: async (id, fullName) => await rows.insert({ id, fullName }),
    renamePerson: async (id, fullName) => await rows.update(id, { fullName }),
    insertPlace: async (id, name) => await stores.insert({ id, name }),
    renamePlace: async (id, name) => await stores.update(id, { name }),
    names: async () => [
      ...(await rows.list({ order: ['-id'], limit: 20 })).map(({ fullName }) => fullName),
      ...(await stores.list({ order: ['-id'], limit: 20 })).map(({ name }) => name),
    ],
  };
}
