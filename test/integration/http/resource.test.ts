import { expect, test } from 'vitest';
import { sql } from '../../../src/sql/sql.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { authorResource, authors, bookResource, books, hash } from './library.ts';
import { serveSchema, type Answer, type ServedSchema } from './serve-schema.ts';

const schema = { authors, books };

async function addAuthors(library: ServedSchema, ...names: readonly string[]): Promise<readonly string[]> {
  const answers: Answer[] = [];
  for (const name of names)
    answers.push(await library.send('POST', '/authors', { name, email: `${name}@example.org`, password: 'secret' }));
  return answers.map(({ body }) => String(body.id));
}

function namesOf(answer: Answer): readonly string[] {
  return answer.body.items.map(({ name }: { name: string }) => name);
}

describeEachServer('a resource', (server) => {
  const serve = async (): Promise<ServedSchema> =>
    await serveSchema(server, schema, [authorResource, bookResource], { key: 'library' });

  test('creates, shows, changes and deletes a row', async () => {
    await using library = await serve();

    const created = await library.send('POST', '/authors', {
      name: 'Ada',
      email: 'ada@example.org',
      password: 'secret',
      born: '1815-12-10',
      profile: { field: 'mathematics', works: [1, 2] },
      portrait: 'AP8Q',
    });
    const path = created.headers.get('location') ?? '';
    const changed = await library.send('PATCH', path, { name: 'Ada Lovelace', born: null });
    const shown = await library.send('GET', path);
    const deleted = await library.send('DELETE', path);

    expect(created.status).toBe(201);
    expect(path).toBe(`/authors/${created.body.id}`);
    expect(created.body).toMatchObject({ name: 'Ada', active: true, portrait: 'AP8Q', deletedAt: null });
    expect(created.body).not.toHaveProperty('passwordHash');
    expect(changed).toMatchObject({
      status: 200,
      body: { name: 'Ada Lovelace', born: null, email: 'ada@example.org' },
    });
    expect(shown.body).toEqual(changed.body);
    expect(deleted.status).toBe(204);
    expect((await library.send('GET', path)).status).toBe(404);
    expect((await library.send('DELETE', path)).status).toBe(404);
  });

  test('runs the hooks of its service: the password is kept as a hash only', async () => {
    await using library = await serve();

    await addAuthors(library, 'ada');

    const rows = await library.database.query<{ password_hash: string }>(sql`select password_hash from author`);
    expect(rows.map((row) => row.password_hash)).toEqual([hash('secret')]);
  });

  test('pages through all rows by cursors, in both directions', async () => {
    await using library = await serve();
    await addAuthors(library, 'cleo', 'ada', 'emil', 'berta', 'dora');

    const first = await library.send('GET', '/authors');
    const second = await library.send('GET', `/authors?after=${first.body.next}`);
    const link = /<([^>]+)>; rel="next"/.exec(second.headers.get('link') ?? '')?.[1] ?? '';
    const third = await library.send('GET', link);
    const back = await library.send('GET', `/authors?before=${third.body.previous}`);

    expect([first, second, third].map(namesOf)).toEqual([['ada', 'berta'], ['cleo', 'dora'], ['emil']]);
    expect(third.body).not.toHaveProperty('next');
    expect(first.body).not.toHaveProperty('previous');
    expect(namesOf(back)).toEqual(['cleo', 'dora']);
  });

  test('orders, filters and searches', async () => {
    await using library = await serve();
    await addAuthors(library, 'ada', 'berta', 'cle_o');
    const list = async (query: string): Promise<readonly string[]> =>
      namesOf(await library.send('GET', `/authors?limit=3&${query}`));

    expect(await list('order=-name')).toEqual(['cle_o', 'berta', 'ada']);
    expect(await list('name=ilike.*ER*')).toEqual(['berta']);
    expect(await list('name=not.eq.ada')).toEqual(['berta', 'cle_o']);
    expect(await list('name=gt.ada&name=lt.c')).toEqual(['berta']);
    expect(await list('name=in.(ada,"berta")')).toEqual(['ada', 'berta']);
    expect(await list('or=(name.eq.ada,and(name.like.c*,born.is.null))')).toEqual(['ada', 'cle_o']);
    expect(await list('active=is.false')).toEqual([]);
    expect(await list('q=RTA%40EX')).toEqual(['berta']);
    expect(await list('q=_')).toEqual(['cle_o']);
    expect(await list('q=%25')).toEqual([]);
  });

  test('keeps 64-bit and decimal numbers exact', async () => {
    await using library = await serve();
    const [authorId] = await addAuthors(library, 'ada');
    const book = { id: 1, title: 'Notes', authorId, copies: '9007199254740993', price: '12.5' };

    const created = await library.send('POST', '/books', { ...book, publishedAt: '2026-11-21T14:45:00+01:00' });

    expect(created).toMatchObject({
      status: 201,
      body: { copies: '9007199254740993', price: '12.50', publishedAt: '2026-11-21T13:45:00.000Z' },
    });
    expect((await library.send('GET', '/books?copies=eq.9007199254740993')).body.items).toHaveLength(1);
    expect((await library.send('GET', '/books?copies=eq.9007199254740992')).body.items).toHaveLength(0);
  });

  test('says which property broke a rule of the database, and nothing else of it', async () => {
    await using library = await serve();
    const [authorId] = await addAuthors(library, 'ada');
    const book = { id: 1, title: 'Notes', authorId, price: '1.00' };

    const twice = await library.send('POST', '/authors', { name: 'A', email: 'ada@example.org', password: 'x' });
    const orphan = await library.send('POST', '/books', { ...book, authorId: '00000000-0000-7000-8000-000000000000' });
    const negative = await library.send('POST', '/books', { ...book, price: '-1.00' });
    await library.send('POST', '/books', book);
    const again = await library.send('POST', '/books', book);

    expect(twice).toMatchObject({ status: 409, body: { code: 'UNIQUE_VIOLATION', errors: [{ pointer: '#/email' }] } });
    expect(orphan).toMatchObject({ status: 409, body: { code: 'FOREIGN_KEY_VIOLATION' } });
    expect(negative).toMatchObject({ status: 422, body: { code: 'CHECK_VIOLATION' } });
    expect(again).toMatchObject({ status: 409, body: { code: 'UNIQUE_VIOLATION' } });
    for (const { headers, body } of [twice, orphan, negative, again]) {
      expect(headers.get('content-type')).toBe('application/problem+json');
      expect(JSON.stringify(body)).not.toMatch(/insert|author_|book_|constraint|ada@/i);
    }
  });

  test('merges JSON documents of a merge patch and replaces those of plain JSON', async () => {
    await using library = await serve();
    const [id] = await addAuthors(library, 'ada');
    await library.send('PATCH', `/authors/${id}`, { profile: { a: 1, deep: { b: 2, c: 3 } } });

    const merge = { profile: { a: null, deep: { c: 4 } } };
    const merged = await library.send('PATCH', `/authors/${id}`, merge, 'application/merge-patch+json');
    const replaced = await library.send('PATCH', `/authors/${id}`, { profile: { only: true } });

    expect(merged.body.profile).toEqual({ deep: { b: 2, c: 4 } });
    expect(replaced.body.profile).toEqual({ only: true });
  });

  test('skips rows by offset where that is allowed', async () => {
    await using library = await serve();
    const [authorId] = await addAuthors(library, 'ada');
    for (const id of [1, 2, 3]) await library.send('POST', '/books', { id, title: `T${id}`, authorId, price: '1' });

    const page = await library.send('GET', '/books?order=id&limit=1&offset=1');

    expect(page.body.items).toMatchObject([{ id: 2 }]);
    expect(page.headers.get('link')).toBe(
      '</books?order=id&limit=1&offset=2>; rel="next", </books?order=id&limit=1&offset=0>; rel="prev"',
    );
    expect((await library.send('GET', '/authors?offset=1')).status).toBe(400);
  });
});
