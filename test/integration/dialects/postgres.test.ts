import { readFile } from 'node:fs/promises';

import { describe, expect, test } from 'vitest';

import { emptyCatalog } from '../../../src/catalog/model/catalog.ts';
import type { Change } from '../../../src/catalog/change/change.ts';
import { createPostgresDialect } from '../../../src/dialects/postgres/dialect.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { make, openConnection } from './open-connection.ts';

describeServers(['postgresql'], 'a PostgreSQL database', (server) => {
  test.each(['everything', 'sakila'])('of many kinds of objects (%s) is made again from its inspection', async (name) => {
    await using original = await server.database();
    await using copy = await server.database();
    await using first = await openConnection(original.url);
    await using second = await openConnection(copy.url);
    await first.connection.script(await schemas[name]?.() ?? '');
    await first.connection.script('reset all; set search_path to "$user", public');
    const options = { namespaces: name === 'everything' ? ['billing', 'We"ird'] : [] };
    const reported = await first.dialect.inspector.inspect(first.connection, options);

    await make(second, reported);

    expect(await second.dialect.inspector.inspect(second.connection, options)).toEqual(reported);
    expect(new Set(reported.raw.map(({ type }) => type))).toEqual(new Set(rawTypes[name]));
  });
});
