import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { inspect } from 'node:util';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { expect, test } from 'vitest';
import type { Logger } from '../../../src/database/logger.ts';
import { createApi } from '../../../src/http/create-api.ts';
import { metricsRoute } from '../../../src/http/metrics/metrics-route.ts';
import { resource } from '../../../src/http/resource/resource.ts';
import { integer, text } from '../../../src/schema/column/types.ts';
import { check } from '../../../src/schema/table/members.ts';
import { table } from '../../../src/schema/table/table.ts';
import { sql } from '../../../src/sql/sql.ts';
import { instrument } from '../../../src/telemetry/instrument.ts';
import { createSchema } from '../../../src/testing/schema/create-schema.ts';
import { localSettings } from '../../../src/testing/schema/schema-database.ts';
import { connect } from '../../../src/connect/connect.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';

const notes = table('note', { id: integer().primaryKey(), words: text({ max: 40 }).unique() }, (t) => [
  check('note_words', sql`${t.words} <> 'forbidden'`),
]);

const secret = 'hush-4711';

describeEachServer('whatever a service tells of itself', (server) => {
  test('holds no value, however a statement goes', async () => {
    const { url } = await server.database();
    const told: unknown[] = [];
    const write = (fields: object, message: string): void => void told.push([message, inspect(fields, { depth: 9 })]);
    const logger: Logger = { debug: write, info: write, warn: write, error: write };
    const spans = new InMemorySpanExporter();
    const tracers = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] });
    const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
    const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
    const meters = new MeterProvider({ readers: [reader] });
    using _ending = instrument({ tracer: tracers.getTracer('test'), meter: meters.getMeter('test') });
    using metrics = metricsRoute();
    const onPool = (message: unknown): void => void told.push(inspect(message, { depth: 9 }));
    subscribe('rowhouse:pool', onPool);
    const settings = { ...localSettings(url), echo: true, echoPool: true, slowStatementMs: 0 };
    await using database = await connect({ notes }, settings, { logger });
    await createSchema(database, { notes });
    const api = createApi(database, [resource(notes, { prefix: '/notes' }), metrics]);
    const repository = database.repository(notes);
    const post = async (body: object): Promise<Response> =>
      await api.handle(
        new Request('http://localhost/notes', {
          method: 'POST',
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json' },
        }),
      );

    await repository.insert({ id: 1, words: secret });
    await repository.list({ where: { words: { contains: secret } } });
    await database.run({ sql: `select 1 from note where words = '${secret}' /* ${secret} */` }, []);
    await database.transaction(async (transaction) => {
      await transaction.repository(notes).update(1, { words: `${secret} again` });
      await transaction.execute(sql`update note set words = ${secret} where words = ${`${secret} again`}`);
    });
    const failures = [
      repository.insert({ id: 2, words: secret }),
      repository.insert({ id: 3, words: secret.repeat(20) }),
      database.execute(sql`insert into note (id, words) values (${secret}, 'x')`),
      database.query(sql`select * from nowhere where words = ${secret}`),
      database.query(sql`select ${secret} +`),
    ];
    const outcomes = await Promise.allSettled(failures);
    const statuses = [(await post({ id: 9, words: secret })).status, (await post({ id: 10, words: 1 })).status];
    const page = await (await api.handle(new Request('http://localhost/metrics'))).text();
    await reader.forceFlush();
    unsubscribe('rowhouse:pool', onPool);

    expect(outcomes.filter(({ status }) => status === 'rejected').length).toBeGreaterThanOrEqual(4);
    expect(statuses[0]).toBe(409);
    const seen = spans
      .getFinishedSpans()
      .map(({ name, attributes, status, events }) => [name, attributes, status, events]);
    expect(seen.length).toBeGreaterThan(8);
    expect(told.length).toBeGreaterThan(20);
    for (const text of [
      inspect(told, { depth: 9, maxArrayLength: null }),
      JSON.stringify(seen),
      page,
      JSON.stringify(exporter.getMetrics()),
    ]) {
      expect(text).not.toContain('hush');
      expect(text).not.toContain('4711');
    }
    await Promise.all([tracers.shutdown(), meters.shutdown()]);
  });
});
