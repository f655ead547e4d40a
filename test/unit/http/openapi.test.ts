import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { docsRoutes } from '../../../src/http/openapi/docs-routes.ts';
import type { Exchange } from '../../../src/http/router/route.ts';
import { docsPage } from '../../../src/http/openapi/page/docs-page.ts';
import { openApiDocument, type OpenApiDocument } from '../../../src/http/openapi/openapi-document.ts';
import { resourceRoutes } from '../../../src/http/resource/resource-routes.ts';
import { resource } from '../../../src/http/resource/resource.ts';
import { authorResource, bookResource, books } from '../../integration/http/library.ts';

const resources = [authorResource, bookResource];
const document = openApiDocument({ title: 'Library', version: '1' }, resources.flatMap(resourceRoutes), resources);

/** The official schema of OpenAPI 3.1, of 2021-04-15. */
const official = new URL('openapi-3.1.schema.json', import.meta.url);

function jsonOf(described: OpenApiDocument): unknown {
  return JSON.parse(JSON.stringify(described));
}

describe('the description of an API', () => {
  test('is an OpenAPI 3.1 document by the official schema', async () => {
    const text = await readFile(official, 'utf8');
    // ajv resolves this dynamic reference to another anchor; in this document it always means the schema of schemas.
    const schema: object = JSON.parse(text.replaceAll(/"\$dynamicRef": *"#meta"/g, '"$ref": "#/$defs/schema"'));
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);

    expect(validate(jsonOf(document)) ? [] : validate.errors).toEqual([]);
    expect(validate({ ...document, paths: { 'no-slash': {} } })).toBe(false);
  });

  test('refers only to what it holds', () => {
    const known = new Set(
      Object.entries(document.components).flatMap(([kind, members]) =>
        Object.keys(members).map((name) => `#/components/${kind}/${name}`),
      ),
    );
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, target]) => target);

    expect(references.length).toBeGreaterThan(10);
    expect(references.filter((target) => !known.has(target ?? ''))).toEqual([]);
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
    const response = await page?.handle({} as Exchange);
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
