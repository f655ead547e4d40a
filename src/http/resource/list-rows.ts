import type { Page } from '../../repository/repository.ts';
import { json } from '../request/json-response.ts';
import { readPreferences, type Preferences } from '../request/preferences.ts';
import type { Exchange } from '../router/route.ts';
import { cutHeader, includeOf, shapeRows } from './include-rows.ts';
import { readListRequest, type ListRequest } from './list-request.ts';
import type { ErasedService, Resource } from './resource.ts';

type Row = Readonly<Record<string, unknown>>;
type Rows = ReturnType<ErasedService['on']>;
type Place = 'after' | 'before' | 'offset';

/** Serves one page of a resource with the links that lead on, and with the number of all rows where that is preferred. */
export async function listRows(exchange: Exchange, resource: Resource): Promise<Response> {
  const asked = readListRequest(exchange.url.searchParams, resource);
  const preferences = readPreferences(exchange.request);
  const rows = resource.service.on(await exchange.session(), exchange.repository);
  const found = asked.offset === undefined ? await byCursor(rows, asked) : await byOffset(rows, asked, asked.offset);
  const counted = await countRows(rows, asked, preferences);
  const shaped = shapeRows(found.rows, asked.shape);
  const { next, previous, links } = found;
  return json(
    200,
    {
      items: shaped.items,
      ...(next === undefined ? {} : { next }),
      ...(previous === undefined ? {} : { previous }),
      ...counted.body,
    },
    { ...linkHeader(links, exchange.url), ...cutHeader(shaped), ...counted.headers },
  );
}

interface Found extends Page<Row> {
  readonly links: readonly (readonly [relation: string, place: Place, value: string])[];
}

async function byCursor(rows: Rows, asked: ListRequest): Promise<Found> {
  const page = await rows.page({ ...asked, ...includeOf(asked.shape) });
  return {
    ...page,
    links: [
      ...(page.next === undefined ? [] : [['next', 'after', page.next] as const]),
      ...(page.previous === undefined ? [] : [['prev', 'before', page.previous] as const]),
    ],
  };
}

/** One row more than asked says whether there is a next page. */
async function byOffset(rows: Rows, { where, order, limit, shape }: ListRequest, offset: number): Promise<Found> {
  const found = await rows.list({ where, order, offset, limit: limit + 1, ...includeOf(shape) });
  return {
    rows: found.slice(0, limit),
    links: [
      ...(found.length > limit ? [['next', 'offset', String(offset + limit)] as const] : []),
      ...(offset > 0 ? [['prev', 'offset', String(Math.max(0, offset - limit))] as const] : []),
    ],
  };
}

interface Counted {
  readonly body: { readonly total?: number };
  readonly headers: Readonly<Record<string, string>>;
}

/** Whatever kind of count is preferred, an exact one is given, and said to be one. */
async function countRows(rows: Rows, { where }: ListRequest, { count }: Preferences): Promise<Counted> {
  if (count === undefined) return { body: {}, headers: {} };
  const total = await rows.count(where);
  return {
    body: { total },
    headers: { 'preference-applied': 'count=exact', 'x-total-count': String(total), vary: 'Prefer' },
  };
}

function linkHeader(links: Found['links'], url: URL): Readonly<Record<string, string>> {
  if (links.length === 0) return {};
  return {
    link: links.map(([relation, place, value]) => `<${withPlace(url, place, value)}>; rel="${relation}"`).join(', '),
  };
}

function withPlace(url: URL, name: Place, value: string): string {
  const query = new URLSearchParams(url.searchParams);
  for (const place of ['after', 'before', 'offset']) query.delete(place);
  query.set(name, value);
  return `${url.pathname}?${query.toString()}`;
}
