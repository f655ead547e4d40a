import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import type { OpenApiDocument } from '../../../src/http/openapi/openapi-document.ts';
import type { Operation } from '../../../src/http/openapi/operation.ts';
import { resource } from '../../../src/http/resource/resource.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { authors, authorService, books } from './library.ts';
import { serveSchema, type Answer, type ServedSchema } from './serve-schema.ts';

const authorResource = resource(authors, {
  prefix: '/authors',
  service: authorService,
  hidden: ['passwordHash'],
  search: ['name'],
  example: { name: 'Ada Lovelace', email: 'ada@example.org', password: 'secret' },
  bulk: true,
});
const bookResource = resource(books, { prefix: '/books', example: { title: 'Notes', price: '12.50' } });
const namedResource = resource(authors, {
  prefix: '/writers',
  name: 'Writer',
  key: 'email',
  service: authorService,
  hidden: ['id', 'passwordHash'],
  example: { name: 'Grace Hopper', email: 'grace@example.org', password: 'secret' },
});

/** Books refer to authors, so authors come first and go last. */
const order = ['post', 'get', 'put', 'patch', 'delete'] as const;

describeEachServer('the description of an API', (server) => {
  test('has examples that work, and answers are as it says', async () => {
    await using api = await serveSchema(server, { authors, books }, [authorResource, bookResource]);
    const document: OpenApiDocument = (await api.send('GET', '/openapi.json')).body;
    const ajv = validatorOf(document);
    const ran: string[] = [];

    for (const [path, method] of steps(document)) {
      const operation = document.paths[path]?.[method];
      if (operation === undefined) continue;
      for (const answer of await runExamples(api, path, method, operation)) {
        ran.push(`${answer.status} ${operation.operationId}`);
        expect(Object.keys(operation.responses), operation.operationId).toContain(String(answer.status));
        expect(answer.status, `${operation.operationId} ${JSON.stringify(answer.body)}`).toBeLessThan(300);
        expect(faultsIn(answer, operation, ajv)).toEqual([]);
      }
    }

    expect(ran).toEqual([
      '201 createAuthor',
      '201 createBook',
      '200 listAuthor',
      '200 getAuthor',
      '200 listBook',
      '200 getBook',
      '200 replaceAuthor',
      '200 replaceBook',
      '200 updateAuthor',
      '200 updateAuthor',
      '200 updateAuthor',
      '200 updateBook',
      '200 updateBook',
      '200 updateBook',
      '204 deleteBook',
      '204 deleteAuthor',
    ]);
  });

  test('has examples that work where another property than the primary key names the rows', async () => {
    await using api = await serveSchema(server, { authors, books }, [namedResource]);
    const document: OpenApiDocument = (await api.send('GET', '/openapi.json')).body;
    const ran: string[] = [];

    for (const [path, method] of steps(document)) {
      const operation = document.paths[path]?.[method];
      if (operation === undefined) continue;
      for (const answer of await runExamples(api, path, method, operation)) {
        ran.push(`${answer.status} ${operation.operationId}`);
        expect(faultsIn(answer, operation, validatorOf(document))).toEqual([]);
      }
    }

    expect(ran).toEqual([
      '201 createWriter',
      '200 listWriter',
      '200 getWriter',
      '200 replaceWriter',
      '200 updateWriter',
      '200 updateWriter',
      '200 updateWriter',
      '204 deleteWriter',
    ]);
  });

  test('says what comes of many rows that are taken one by one, and of counts', async () => {
    await using api = await serveSchema(server, { authors, books }, [authorResource]);
    const document: OpenApiDocument = (await api.send('GET', '/openapi.json')).body;
    const { post, get, patch, delete: remove } = document.paths['/authors'] ?? {};
    const example = post?.requestBody?.content['application/json']?.example;
    const ajv = validatorOf(document);
    const lenient = { prefer: 'handling=lenient' };

    const answers: readonly (readonly [Answer, Operation | undefined])[] = [
      [await api.send('POST', '/authors', [example, example], lenient), post],
      [await api.send('PATCH', '/authors?name=like.*', { name: 'Ada' }, lenient), patch],
      [await api.send('GET', '/authors', undefined, { prefer: 'count=estimated' }), get],
      [await api.send('DELETE', '/authors?name=eq.Ada', undefined, lenient), remove],
    ];

    expect(answers.map(([{ status }]) => status)).toEqual([207, 207, 200, 207]);
    expect(answers.flatMap(([answer, operation]) => (operation ? faultsIn(answer, operation, ajv) : ['no']))).toEqual(
      [],
    );
    expect(answers[0]?.[0].body.items.map(({ status }: { status: number }) => status)).toEqual([201, 409]);
    expect(Object.keys(get?.responses['200'] ?? {})).toContain('headers');
    for (const [{ headers }] of answers) expect(headers.get('preference-applied')).not.toBeNull();
  });
});

function validatorOf({ components }: OpenApiDocument): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ $id: 'api', components });
  return ajv;
}

/** Every operation of one row or one page; changes by filter have no example of a filter. */
function steps({ paths }: OpenApiDocument): readonly (readonly [string, (typeof order)[number]])[] {
  const all = Object.keys(paths);
  return order.flatMap((method) => {
    const named = method === 'delete' ? all.toReversed() : all;
    const oneRow = method === 'put' || method === 'patch' || method === 'delete';
    return named.filter((path) => !oneRow || path.includes('{')).map((path) => [path, method] as const);
  });
}

async function runExamples(
  api: ServedSchema,
  path: string,
  method: string,
  { parameters = [], requestBody }: Operation,
): Promise<readonly Answer[]> {
  const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(parameters.find((one) => one.name === name)?.example)),
  );
  if (requestBody === undefined) return [await api.send(method.toUpperCase(), address)];
  const answers: Answer[] = [];
  for (const [type, { example }] of Object.entries(requestBody.content))
    answers.push(await api.send(method.toUpperCase(), address, example, type));
  return answers;
}

function faultsIn({ status, body }: Answer, { responses }: Operation, ajv: Ajv2020): readonly unknown[] {
  const response = responses[status];
  if (response === undefined || '$ref' in response || response.content === undefined) return [];
  const { schema } = response.content['application/json'] ?? {};
  const text = JSON.stringify(schema).replaceAll('"#/components', '"api#/components');
  const validate = ajv.compile(JSON.parse(text) as object);
  return validate(body) ? [] : (validate.errors ?? []);
}
