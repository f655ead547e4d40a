import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { docsRoutes } from '../../../src/http/openapi/docs-routes.ts';
import type { Exchange } from '../../../src/http/router/route.ts';
import { docsPage } from '../../../src/http/openapi/page/docs-page.ts';
import { openApiDocument, type OpenApiDocument } from '../../../src/http/openapi/openapi-document.ts';
import { toResponse } from '../../../src/http/reply.ts';
import { resourceRoutes } from '../../../src/http/resource/resource-routes.ts';
import { resource, type Resource } from '../../../src/http/resource/resource.ts';
import { integer, text } from '../../../src/schema/column/types.ts';
import { relations } from '../../../src/schema/relations/relations.ts';
import { table } from '../../../src/schema/table/table.ts';
import { version } from '../../../src/schema/table/traits.ts';
import { authorResource, bookResource, books } from '../../integration/http/library.ts';

const resources = [authorResource, bookResource];
const document = openApiDocument({ title: 'Library', version: '1' }, resources.flatMap(resourceRoutes), resources);

/** The official schema of OpenAPI 3.1, of 2021-04-15. */
const official = new URL('openapi-3.1.schema.json', import.meta.url);

const parts = table('part', {
  id: integer().identity().primaryKey(),
  code: text({ max: 40 }).unique(),
  wholeId: integer().null(),
  ...version(),
});
const shelf = relations({ parts }, (r) => ({
  parts: { whole: r.one.parts({ from: 'wholeId', to: 'id' }), parts: r.many.parts({ from: 'id', to: 'wholeId' }) },
}));
const full: Resource = resource(shelf.parts, {
  prefix: '/full',
  key: 'code',
  bulk: true,
  offset: true,
  search: ['code'],
  requireIdempotencyKey: true,
  include: { whole: () => full, parts: () => full },
});

async function officialValidator(): Promise<ReturnType<Ajv2020['compile']>> {
  const text = await readFile(official, 'utf8');
  // ajv resolves this dynamic reference to another anchor; in this document it always means the schema of schemas.
  const schema: object = JSON.parse(text.replaceAll(/"\$dynamicRef": *"#meta"/g, '"$ref": "#/$defs/schema"'));
  return new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
}

function referencesIn(described: OpenApiDocument): readonly (string | undefined)[] {
  return [...JSON.stringify(described).matchAll(/"\$ref":"([^"]+)"/g)].map(([, target]) => target);
}

/** What the document refers to and does not hold. */
function unheld(described: OpenApiDocument): readonly (string | undefined)[] {
  const known = new Set<string | undefined>(
    Object.entries(described.components).flatMap(([kind, members]) =>
      Object.keys(members).map((name) => `#/components/${kind}/${name}`),
    ),
  );
  return referencesIn(described).filter((target) => !known.has(target));
}

function jsonOf(described: OpenApiDocument): unknown {
  return JSON.parse(JSON.stringify(described));
}

describe('the description of an API', () => {
  test('is an OpenAPI 3.1 document by the official schema', async () => {
    const validate = await officialValidator();

    expect(validate(jsonOf(document)) ? [] : validate.errors).toEqual([]);
    expect(validate({ ...document, paths: { 'no-slash': {} } })).toBe(false);
  });

  test('is one with everything that a resource may have, and refers only to what it holds', async () => {
    const many = openApiDocument({ title: 'All', version: '1' }, resourceRoutes(full), [full]);
    const validate = await officialValidator();

    expect(validate(jsonOf(many)) ? [] : validate.errors).toEqual([]);
    expect(unheld(many)).toEqual([]);
    expect(Object.keys(many.paths['/full']?.['post']?.responses ?? {})).toContain('207');
    expect(Object.keys(many.paths)).toEqual(['/full', '/full/{code}']);
  });

  test('refers only to what it holds', () => {
    expect(referencesIn(document).length).toBeGreaterThan(10);
    expect(unheld(document)).toEqual([]);
  });

  test('shows what is shown, takes what is taken', () => {
    const { Author, AuthorInput, AuthorPatch, BookPatch } = document.components.schemas;

    expect(Author?.properties).not.toHaveProperty('passwordHash');
    expect(Author?.properties).not.toHaveProperty('password');
    expect(AuthorInput?.required).toEqual(['name', 'email', 'password']);
    expect(AuthorInput?.properties).toHaveProperty('password.writeOnly', true);
    for (const kept of ['passwordHash', 'createdAt', 'deletedAt'])
      expect(AuthorInput?.properties).not.toHaveProperty(kept);
    expect(AuthorPatch).not.toHaveProperty('required');
    expect(BookPatch?.properties).not.toHaveProperty('id');
    expect(Author?.properties).toMatchObject({
      born: { type: ['string', 'null'], format: 'date' },
      portrait: { type: ['string', 'null'], contentEncoding: 'base64' },
    });
  });

  test('has no routes that a resource does not have', () => {
    const readOnly = resource(books, { prefix: '/books', actions: ['list', 'get'] });

    const { paths, components } = openApiDocument({ title: '', version: '' }, resourceRoutes(readOnly), [readOnly]);

    expect(Object.values(paths).flatMap(Object.keys)).toEqual(['get', 'get']);
    expect(Object.keys(components.schemas)).toEqual(['Book', 'BookPage', 'Problem']);
  });
});

describe('the page of an API', () => {
  test('holds every operation and loads nothing from elsewhere', () => {
    const page = docsPage(document);

    for (const operations of Object.values(document.paths))
      for (const { operationId } of Object.values(operations)) expect(page).toContain(`<article id="${operationId}">`);
    expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });

  test('runs its script and no other', async () => {
    const page = docsRoutes([], [], {}).find(({ path }) => path === '/docs');
    const answer = await page?.handle({} as Exchange);
    const response = answer === undefined ? undefined : toResponse(answer);
    const [, script = ''] = /<script>(.*)<\/script>/s.exec((await response?.text()) ?? '') ?? [];
    const hash = createHash('sha256').update(script).digest('base64');

    expect(script).toContain('addEventListener');
    expect(response?.headers.get('content-security-policy')).toContain(`script-src 'sha256-${hash}'`);
  });

  test('shows markup in names as text', () => {
    const page = docsPage({ ...document, info: { title: '<script>x</script>', version: '"&' } });

    expect(page).toContain('&lt;script&gt;x&lt;/script&gt;');
    expect(page).not.toContain('<script>x');
  });
});
