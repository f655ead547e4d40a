import { mkdtemp, mkdtempDisposable, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { applyChanges } from '../../../src/catalog/change/apply.ts';
import { emptyCatalog } from '../../../src/catalog/model/catalog.ts';
import { findDrift } from '../../../src/ops/compare/find-drift.ts';
import { pull, type Pulled } from '../../../src/ops/pull/pull.ts';
import { writePulled } from '../../../src/ops/pull/write-pulled.ts';
import { Ledger } from '../../../src/migration/ledger/ledger.ts';
import { loadRevisions } from '../../../src/migration/revision/load-revisions.ts';
import { stamp } from '../../../src/migration/run/stamp.ts';
import { migrationStatus } from '../../../src/migration/run/status.ts';
import type { TestServer } from '../../../src/testing/describe-each-server.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { scratchPlace } from '../compare/scratch-place.ts';
import { catalogOfSource, inOrder } from './import-schema.ts';
import { loadSample, type Sample } from './load-sample.ts';
import { openSample } from './open-sample.ts';

describeEachServer('pulling a database', (server) => {
  const pullSample = async (sample: Sample): Promise<Pulled> => {
    await using temporary = await server.database({
      key: sample,
      prepare: async (url) => await loadSample(sample, url),
    });
    await using database = await openSample(temporary.url);
    return await database.pinned(async (session) => await pull(session));
  };

  test.each(['chinook', 'sakila'] as const)('gives a schema file that defines exactly %s', async (sample) => {
    const pulled = await pullSample(sample);

    const catalog = await catalogOfSource(pulled.schemaSource);

    expect(inOrder(catalog)).toEqual(inOrder(pulled.catalog));
  });

  test('gives changes that make what was found', async () => {
    const pulled = await pullSample('sakila');

    const made = applyChanges(pulled.revisionChanges, emptyCatalog);

    expect(inOrder(made)).toEqual(inOrder(pulled.catalog));
  });

  // Elsewhere Sakila has what a schema does not say: rights, and the modes in which routines were made.
  test.each(samplesToAgreeWith(server))('gives a first revision that makes exactly %s', async (sample) => {
    await using temporary = await server.database({ prepare: async (url) => await loadSample(sample, url) });
    await using database = await openSample(temporary.url);
    await using directory = await mkdtempDisposable(join(tmpdir(), 'rowhouse-pull-'));
    const place = { schemaFile: join(directory.path, 'schema.ts'), migrations: join(directory.path, 'migrations') };
    const pulled = await database.pinned(async (session) => await pull(session));
    await writePulled(place, pulled, { at: new Date('2026-11-21T12:00:00Z') });
    const history = {
      database,
      graph: await loadRevisions(place.migrations),
      ledger: new Ledger('rowhouse_ledger', { project: 'shop', service: 'main', actor: 'test', toolVersion: '0' }),
    };
    await stamp(history);

    const drift = await findDrift({ database, place: scratchPlace(server, temporary.url), histories: [history] });

    expect(drift.differences).toEqual([]);
  });

  test('leaves files and a first revision that counts as applied', async () => {
    await using temporary = await server.database({ prepare: async (url) => await loadSample('chinook', url) });
    await using database = await openSample(temporary.url);
    const directory = await mkdtemp(join(tmpdir(), 'rowhouse-pull-'));
    const place = { schemaFile: join(directory, 'service', 'schema.ts'), migrations: join(directory, 'migrations') };

    const pulled = await database.pinned(async (session) => await pull(session));
    const written = await writePulled(place, pulled, { at: new Date('2026-11-21T12:00:00Z') });
    const owner = { project: 'shop', service: 'main', actor: 'test', toolVersion: '0' };
    const context = {
      database,
      graph: await loadRevisions(place.migrations),
      ledger: new Ledger('rowhouse_ledger', owner),
    };
    await stamp(context);

    const status = await migrationStatus(context);
    const again = await database.pinned(async (session) => await pull(session));
    expect(status.pending).toEqual([]);
    expect(context.graph.ordered.map(({ id }) => id)).toEqual([written.revision]);
    expect(again.catalog).toEqual(pulled.catalog); // the ledger is not part of it
    await expect(writePulled(place, pulled, { at: new Date() })).rejects.toMatchObject({ code: 'CONFIG_CONFLICT' });
    await rm(directory, { recursive: true });
  });
});

function samplesToAgreeWith({ engine }: TestServer): readonly Sample[] {
  return engine === 'sqlite' ? ['chinook', 'sakila'] : ['chinook'];
}
