import { expect, test } from 'vitest';
import { createClient } from '../../../src/client/create-client.ts';
import type { books } from '../../integration/http/library.ts';

type Loose = Record<string, (...given: readonly unknown[]) => Promise<unknown> & AsyncIterable<unknown>>;

const sent: string[] = [];
const api = createClient<{ books: typeof books }>({
  url: 'http://library.test',
  fetch: async (input) => {
    sent.push(input instanceof Request ? input.url : String(input));
    return await Promise.resolve(Response.json({ items: [], count: 0 }));
  },
});
const loose = api.books as unknown as Loose;

test.each([
  ['get', [1, { incl: {} }], 'incl: the options are include, signal'],
  ['find', [1, { includ: {} }], 'includ: did you mean include?'],
  ['page', [{ wher: { id: 1 } }], 'wher: did you mean where? the options are where, order, '],
  ['create', [{}, { maxAffected: 1 }], 'maxAffected: the options are version, idempotencyKey, signal'],
  ['createMany', [[], { versions: 1 }], 'versions: '],
  ['createManySettled', [[], { versions: 1 }], 'versions: '],
  ['replace', [1, {}, { ifMatch: 1 }], 'ifMatch: '],
  ['update', [1, {}, { ifMatch: 1 }], 'ifMatch: '],
  ['updateWhere', [{ id: 1 }, {}, { limit: 1 }], 'limit: the options are maxAffected, idempotencyKey, signal'],
  ['updateWhereSettled', [{ id: 1 }, {}, { limit: 1 }], 'limit: '],
  ['delete', [1, { ifMatch: 1 }], 'ifMatch: '],
  ['deleteWhere', [{ id: 1 }, { version: 1 }], 'version: '],
  ['deleteWhereSettled', [{ id: 1 }, { version: 1 }], 'version: '],
] as const)('%s refuses an option that it does not know, and sends nothing', async (verb, given, says) => {
  sent.length = 0;

  await expect(loose[verb]?.(...given)).rejects.toThrow(`${verb} has no option ${says}`);

  expect(sent).toEqual([]);
});

test('each refuses one too, under its own name and at once', () => {
  expect(() => loose['each']?.({ wher: {} })).toThrow('each has no option wher: did you mean where?');
});

test('options that are known pass, undefined ones too', async () => {
  sent.length = 0;

  await api.books.page({ where: { id: 1 }, order: undefined, limit: 2, count: true });
  await Array.fromAsync(api.books.each({ limit: 2 }));
  await api.books.updateWhere({ id: 1 }, {}, { maxAffected: 1, signal: undefined });

  expect(sent).toHaveLength(3);
});
