import type { Page } from '../../repository/repository.ts';
import { json } from '../request/json-response.ts';
import type { Exchange } from '../router/route.ts';
import { writeRow } from '../wire/write-row.ts';
import { readListRequest, type ListRequest } from './list-request.ts';
import type { ErasedService, Resource } from './resource.ts';

type Row = Readonly<Record<string, unknown>>;
type Rows = ReturnType<ErasedService['on']>;

/** Serves one page of a resource with the links that lead on. */
export async function listRows(exchange: Exchange, resource: Resource): Promise<Response> {
  const asked = readListRequest(exchange.url.searchParams, resource);
  const rows = resource.service.on(await exchange.session(), exchange.repository);
  if (asked.offset !== undefined) return await listByOffset(exchange, resource, rows, asked, asked.offset);
  const page: Page<Row> = await rows.page(asked);
  const link = links([
    ['next', page.next === undefined ? undefined : withPlace(exchange.url, 'after', page.next)],
    ['prev', page.previous === undefined ? undefined : withPlace(exchange.url, 'before', page.previous)],
  ]);
  const { next, previous } = page;
  const items = page.rows.map((row) => writeRow(row, resource.fields));
  return json(
    200,
    { items, ...(next === undefined ? {} : { next }), ...(previous === undefined ? {} : { previous }) },
    link,
  );
}

/** One row more than asked says whether there is a next page. */
async function listByOffset(
  { url }: Exchange,
  { fields }: Resource,
  rows: Rows,
  { where, order, limit }: ListRequest,
  offset: number,
): Promise<Response> {
  const found = await rows.list({ where, order, offset, limit: limit + 1 });
  const link = links([
    ['next', found.length > limit ? withPlace(url, 'offset', String(offset + limit)) : undefined],
    ['prev', offset > 0 ? withPlace(url, 'offset', String(Math.max(0, offset - limit))) : undefined],
  ]);
  return json(200, { items: found.slice(0, limit).map((row) => writeRow(row, fields)) }, link);
}

function links(targets: readonly (readonly [string, string | undefined])[]): Readonly<Record<string, string>> {
  const given = targets.flatMap(([relation, target]) =>
    target === undefined ? [] : [`<${target}>; rel="${relation}"`],
  );
  return given.length === 0 ? {} : { link: given.join(', ') };
}

function withPlace(url: URL, name: 'after' | 'before' | 'offset', value: string): string {
  const query = new URLSearchParams(url.searchParams);
  for (const place of ['after', 'before', 'offset']) query.delete(place);
  query.set(name, value);
  return `${url.pathname}?${query.toString()}`;
}
