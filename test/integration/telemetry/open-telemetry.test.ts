import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
  type MetricData,
} from '@opentelemetry/sdk-metrics';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import * as stable from '@opentelemetry/semantic-conventions';
import * as developing from '@opentelemetry/semantic-conventions/incubating';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { integer, text } from '../../../src/schema/column/types.ts';
import { table } from '../../../src/schema/table/table.ts';
import { sql } from '../../../src/sql/sql.ts';
import { instrument } from '../../../src/telemetry/instrument.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { openSchema } from '../../servers/open-schema.ts';

const notes = table('note', { id: integer().primaryKey(), words: text({ max: 100 }).unique() });

const manager = new AsyncLocalStorageContextManager();
beforeAll(() => void context.setGlobalContextManager(manager.enable()));
afterAll(() => void manager.disable());

interface Sdk extends AsyncDisposable {
  readonly spans: InMemorySpanExporter;
  readonly tracer: ReturnType<TracerProvider['getTracer']>;
  /** Everything that was measured until now, by name. */
  measured(): Promise<ReadonlyMap<string, MetricData>>;
}

/** A real SDK that keeps what it is told. */
function startSdk(): Sdk {
  const spans = new InMemorySpanExporter();
  const tracers = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] });
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const meters = new MeterProvider({ readers: [reader] });
  const tracer = tracers.getTracer('test');
  const ending = instrument({ tracer, meter: meters.getMeter('test') });
  return {
    spans,
    tracer,
    async measured() {
      exporter.reset();
      await reader.forceFlush();
      const metrics = exporter
        .getMetrics()
        .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics: all }) => all));
      return new Map(metrics.map((metric) => [metric.descriptor.name, metric]));
    },
    async [Symbol.asyncDispose]() {
      ending[Symbol.dispose]();
      await Promise.all([tracers.shutdown(), meters.shutdown()]);
    },
  };
}

describeEachServer('OpenTelemetry', (server) => {
  test('hears of each statement by the stable conventions, below the span of who asked, and of no value', async () => {
    await using database = await openSchema(server, { notes });
    await using sdk = startSdk();
    const repository = database.repository(notes);

    const request = sdk.tracer.startSpan('GET /notes');
    await context.with(trace.setSpan(context.active(), request), async () => {
      await repository.insert({ id: 1, words: 'hush one' });
      await repository.list({ where: { words: 'hush one' } });
      await database.query(sql`select words from note where words = 'hush two' and id = ${41}`);
      await repository.insert({ id: 2, words: 'hush one' }).catch(() => undefined);
    });
    request.end();

    const spans = sdk.spans.getFinishedSpans().filter(({ name }) => name !== 'GET /notes');
    const names = spans.map(({ name }) => name);
    // An engine that does not give back what it inserted is asked for it.
    const expected = ['INSERT note', 'SELECT note', 'SELECT note', 'INSERT note'];
    expect(names).toEqual(spans.length === expected.length ? expected : expected.toSpliced(1, 0, 'SELECT note'));
    for (const span of spans) {
      expect(span.parentSpanContext?.spanId).toBe(request.spanContext().spanId);
      expect(span.kind).toBe(2);
      expect(span.attributes).toMatchObject({
        [stable.ATTR_DB_SYSTEM_NAME]: server.engine,
        [stable.ATTR_DB_COLLECTION_NAME]: 'note',
        [stable.ATTR_DB_QUERY_SUMMARY]: span.name,
        [stable.ATTR_DB_NAMESPACE]: expect.any(String),
        [stable.ATTR_DB_QUERY_TEXT]: expect.stringMatching(/note/),
      });
    }
    const [byHand, failed] = spans.slice(-2);
    expect(byHand?.attributes[stable.ATTR_DB_QUERY_TEXT]).toMatch(/where words = \? and id = (?:\?|\$1)$/);
    expect(failed?.attributes[stable.ATTR_ERROR_TYPE]).toBe('UNIQUE_VIOLATION');
    expect(failed?.status.code).toBe(2);
    expect(
      JSON.stringify(spans.map(({ attributes, status, events, name }) => [attributes, status, events, name])),
    ).not.toContain('hush');
  });

  test('measures statements and pools under the names of the conventions', async () => {
    await using sdk = startSdk();
    await using database = await openSchema(server, { notes });

    await database.repository(notes).insert({ id: 1, words: 'hush one' });
    await database.query(sql`select * from nowhere where words = ${'hush'}`).catch(() => undefined);
    const measured = await sdk.measured();

    const duration = measured.get(stable.METRIC_DB_CLIENT_OPERATION_DURATION);
    expect(duration?.descriptor.unit).toBe('s');
    const insert = duration?.dataPoints.find(
      ({ attributes }) => attributes[stable.ATTR_DB_OPERATION_NAME] === 'INSERT',
    );
    expect(insert).toMatchObject({
      attributes: { [stable.ATTR_DB_SYSTEM_NAME]: server.engine, [stable.ATTR_DB_COLLECTION_NAME]: 'note' },
      value: { count: 1, buckets: { boundaries: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10] } },
    });
    expect(duration?.dataPoints.map(({ attributes }) => attributes[stable.ATTR_ERROR_TYPE])).toContain(
      'OBJECT_MISSING',
    );
    const count = measured.get(developing.METRIC_DB_CLIENT_CONNECTION_COUNT);
    const states = count?.dataPoints
      .filter(({ attributes }) => String(attributes[developing.ATTR_DB_CLIENT_CONNECTION_POOL_NAME]) === database.where)
      .map(({ attributes, value }) => [attributes[developing.ATTR_DB_CLIENT_CONNECTION_STATE], value]);
    expect(states).toEqual([
      ['idle', database.metrics().write.idle],
      ['used', 0],
    ]);
    for (const name of [
      developing.METRIC_DB_CLIENT_CONNECTION_IDLE_MAX,
      developing.METRIC_DB_CLIENT_CONNECTION_LIMIT,
      developing.METRIC_DB_CLIENT_CONNECTION_PENDING_REQUESTS,
      developing.METRIC_DB_CLIENT_CONNECTION_TIMEOUTS,
      developing.METRIC_DB_CLIENT_CONNECTION_USE_TIME,
      developing.METRIC_DB_CLIENT_CONNECTION_WAIT_TIME,
      developing.METRIC_DB_CLIENT_CONNECTION_CREATE_TIME,
    ]) {
      expect(measured.get(name)?.dataPoints, name).not.toHaveLength(0);
    }
    expect(JSON.stringify([...measured])).not.toContain('hush');
  });

  test('hears nothing more when it has ended', async () => {
    await using database = await openSchema(server, { notes });
    const sdk = startSdk();
    await database.query(sql`select 1`);
    const heard = sdk.spans.getFinishedSpans().length;
    await sdk[Symbol.asyncDispose]();

    const after = startSdk();
    await database.query(sql`select 1`);

    expect(heard).toBe(1);
    expect(sdk.spans.getFinishedSpans().length).toBeLessThanOrEqual(heard);
    expect(after.spans.getFinishedSpans()).toHaveLength(1);
    await after[Symbol.asyncDispose]();
  });
});
