import parsePrometheus, { type MetricFamily } from 'parse-prometheus-text-format';
import { expect, test } from 'vitest';
import { createApi } from '../../../src/http/create-api.ts';
import { metricsRoute } from '../../../src/http/metrics/metrics-route.ts';
import { resource } from '../../../src/http/resource/resource.ts';
import { integer, text } from '../../../src/schema/column/types.ts';
import { table } from '../../../src/schema/table/table.ts';
import { sql } from '../../../src/sql/sql.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { openSchema } from '../../servers/open-schema.ts';

const notes = table('note', { id: integer().primaryKey(), words: text({ max: 100 }).unique() });

const samplesOf = (families: readonly MetricFamily[], name: string): MetricFamily['metrics'] =>
  families.find((family) => family.name === name)?.metrics ?? [];

/** The labels and the value of each line of this name: the parser gives no labels of histograms. */
function linesOf(body: string, name: string): readonly (readonly [labels: string, value: string])[] {
  return [...body.matchAll(new RegExp(`^${name}\\{(.*)\\} (\\S+)$`, 'gm'))].map(([, labels = '', value = '']) => [
    labels,
    value,
  ]);
}

describeEachServer('the metrics route', (server) => {
  test('tells statements and pools in the text that Prometheus reads, and no value', async () => {
    await using database = await openSchema(server, { notes });
    using metrics = metricsRoute();
    const api = createApi(database, [resource(notes, { prefix: '/notes' }), metrics]);
    const post = (body: object): Request =>
      new Request('http://localhost/notes', {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      });
    await api.handle(post({ id: 1, words: 'hush one' }));
    await api.handle(post({ id: 2, words: 'hush one' }));
    await api.handle(new Request('http://localhost/notes?words=eq.hush%20one'));
    await database.query(sql`select 1 from note where words = 'hush two'`);

    const response = await api.handle(new Request('http://localhost/metrics'));
    const body = await response.text();
    const families = parsePrometheus(body);

    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(families.find(({ type }) => type === 'HISTOGRAM')?.name).toBe('db_client_operation_duration_seconds');
    const ended = linesOf(body, 'db_client_operation_duration_seconds_count');
    const inserts = ended.filter(([labels]) => labels.includes('db_operation_name="INSERT"'));
    expect(inserts.map(([labels, count]) => [labels.includes('error_type="UNIQUE_VIOLATION"'), count])).toEqual([
      [false, '1'],
      [true, '1'],
    ]);
    const infinite = linesOf(body, 'db_client_operation_duration_seconds_bucket')
      .filter(([labels]) => labels.endsWith('le="+Inf"'))
      .map(([labels, count]) => [labels.replace(',le="+Inf"', ''), count]);
    expect(infinite).toEqual(ended);
    const { write } = database.metrics();
    const counts = samplesOf(families, 'db_client_connection_count').filter(
      ({ labels }) => labels?.['db_client_connection_pool_name'] === database.where,
    );
    expect(counts.map(({ labels, value }) => [labels?.['db_client_connection_state'], value])).toEqual([
      ['idle', String(write.idle)],
      ['used', '0'],
    ]);
    const taken = samplesOf(families, 'rowhouse_pool_taken_total').find(
      ({ labels }) => labels?.['db_client_connection_pool_name'] === database.where,
    );
    expect(Number(taken?.value)).toBe(write.taken);
    expect(body).not.toContain('hush');
  });

  test('speaks OpenMetrics to who asks for it', async () => {
    await using database = await openSchema(server, { notes });
    using metrics = metricsRoute({ path: '/-/metrics' });
    const api = createApi(database, [metrics]);
    await database.query(sql`select 1 from note`);

    const request = new Request('http://localhost/-/metrics', {
      headers: { accept: 'application/openmetrics-text;version=1.0.0;q=0.5,text/plain;q=0.1' },
    });
    const response = await api.handle(request);
    const body = await response.text();

    expect(response.headers.get('content-type')).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
    expect(body.endsWith('# EOF\n')).toBe(true);
    expect(body).toContain('# TYPE rowhouse_pool_taken counter\n');
    expect(body).toContain('# UNIT db_client_operation_duration_seconds seconds\n');
  });
});
