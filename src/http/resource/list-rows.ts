import type { EstimatedCount, Page } from '../../repository/repository.ts';
import type { Answer } from '../reply.ts';
import { json } from '../request/json-response.ts';
import { readPreferences, type Preferences } from '../request/preferences.ts';
import type { Exchange } from '../router/route.ts';
import { cutHeader, includeOf, shapeRows } from './include-rows.ts';
import { readListRequest, type ListRequest } from './list-request.ts';
import { readsOf, type Reads } from './read-alone.ts';
import type { Resource } from './resource.ts';

type Row = Readonly<Record<string, unknown>>;
type Place = 'after' | 'before' | 'offset';

/** Serves one page of a resource with the links that lead on, and with the number of all rows where that is preferred. */
export async function listRows(exchange: Exchange, resource: Resource): Promise<Answer> {
  const asked = readListRequest(exchange.query, resource);
  const preferences = readPreferences(exchange);
  const rows = readsOf(await exchange.session(), exchange, resource, asked.shape);
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
    { ...linkHeader(links, exchange), ...cutHeader(shaped), ...counted.headers },
  );
}

interface Found extends Page<Row> {
  readonly links: readonly (readonly [relation: string, place: Place, value: string])[];
}

async function byCursor(rows: Reads, asked: ListRequest): Promise<Found> {
  const { where, order, limit, after, before, shape } = asked;
  const page = await rows.page({ where, order, limit, after, before, ...includeOf(shape) });
  return {
    ...page,
    links: [
      ...(page.next === undefined ? [] : [['next', 'after', page.next] as const]),
      ...(page.previous === undefined ? [] : [['prev', 'before', page.previous] as const]),
    ],
  };
}

/** One row more than asked says whether there is a next page. */
async function byOffset(rows: Reads, { where, order, limit, shape }: ListRequest, offset: number): Promise<Found> {
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

/** Counting so many rows without an index took 3 to 20 ms, by engine; `estimated` is exact up to there. */
const exactUpTo = 10_000;

/** The number of all rows, and whether it was counted: planned and estimated ones are exact where that costs nothing. */
async function countRows(rows: Reads, { where }: ListRequest, { count: wish }: Preferences): Promise<Counted> {
  if (wish === undefined) return { body: {}, headers: {} };
  const { count, isExact } = await countAs(wish, rows, where);
  return {
    body: { total: count },
    headers: {
      'preference-applied': `count=${isExact ? 'exact' : wish}`,
      'x-total-count': String(count),
      vary: 'Prefer',
    },
  };
}

async function countAs(
  wish: NonNullable<Preferences['count']>,
  rows: Reads,
  where: ListRequest['where'],
): Promise<EstimatedCount> {
  switch (wish) {
    case 'exact':
      return { count: await rows.count(where), isExact: true };
    case 'planned':
      return await rows.estimateCount(where);
    case 'estimated':
      return await rows.estimateCount(where, { exactUpTo });
  }
}

function linkHeader(links: Found['links'], exchange: Exchange): Readonly<Record<string, string>> {
  if (links.length === 0) return {};
  return {
    link: links
      .map(([relation, place, value]) => `<${withPlace(exchange, place, value)}>; rel="${relation}"`)
      .join(', '),
  };
}

function withPlace(exchange: Exchange, name: Place, value: string): string {
  const query = new URLSearchParams(exchange.query);
  for (const place of ['after', 'before', 'offset']) query.delete(place);
  query.set(name, value);
  return `${exchange.path}?${query.toString()}`;
}
