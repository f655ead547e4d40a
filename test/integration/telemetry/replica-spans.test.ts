import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { expect, test } from 'vitest';
import { metricsRoute } from '../../../src/http/metrics/metrics-route.ts';
import { createApi } from '../../../src/http/create-api.ts';
import { sql } from '../../../src/sql/sql.ts';
import { instrument } from '../../../src/telemetry/instrument.ts';
import { describeReplicated } from '../../servers/replication/describe-replicated.ts';

describeReplicated('telemetry of replicas', (servers) => {
  test('names the server that ran a statement, and how far each replica is behind', async () => {
    const name = await servers.database();
    const exporter = new InMemorySpanExporter();
    const tracers = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
    using _ending = instrument({ tracer: tracers.getTracer('test') });
    await using database = await servers.open(name);
    await database.execute(sql`create table hit (n integer primary key)`);
    const reading = database.read.after(await database.token(), { withinMs: 10_000 });

    await reading.query(sql`select n from hit`);
    await reading.query(sql`select n from hit`);
    for await (const _rows of reading.stream({ sql: 'select n from hit' }, [])) expect(_rows).toEqual([]);
    const page = await createApi(database, [metricsRoute()]).handle(new Request('http://localhost/metrics'));
    const body = await page.text();

    const portOf = (url: string): number => Number(new URL(url).port);
    const ports = exporter.getFinishedSpans().map(({ attributes }) => attributes['server.port']);
    const [created, ...read] = ports;
    expect(created).toBe(portOf(servers.primary.url(name)));
    expect(new Set(read)).toEqual(new Set([0, 1].map((index) => portOf(servers.replica(index).url(name)))));
    expect(read).toHaveLength(3);
    for (const { where, taken } of database.metrics().replicas ?? []) {
      expect(body).toMatch(new RegExp(`^rowhouse_replica_used\\{database="\\d+",replica="${where}"\\} 1$`, 'm'));
      expect(body).toMatch(
        new RegExp(`^rowhouse_replica_lag_seconds\\{database="\\d+",replica="${where}"\\} \\d`, 'm'),
      );
      expect(body).toMatch(
        new RegExp(`^rowhouse_replica_reads_total\\{database="\\d+",replica="${where}"\\} ${taken}$`, 'm'),
      );
    }
    await tracers.shutdown();
  });
});
