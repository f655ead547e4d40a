import { createHash } from 'node:crypto';
import { json } from '../request/json-response.ts';
import type { Resource } from '../resource/resource.ts';
import type { Route } from '../router/route.ts';
import { docsPage } from './page/docs-page.ts';
import { script } from './page/script.ts';
import { openApiDocument } from './openapi-document.ts';

export interface DocsOptions {
  readonly title?: string | undefined;
  readonly version?: string | undefined;
  readonly description?: string | undefined;
}

/** `/openapi.json`, and `/docs` for people. */
export function docsRoutes(
  routes: readonly Route[],
  resources: readonly Resource[],
  options: DocsOptions,
): readonly Route[] {
  const { title = 'Rowhouse API', version = '1.0.0', description } = options;
  const info = { title, version, ...(description === undefined ? {} : { description }) };
  const document = openApiDocument(info, routes, resources);
  const page = docsPage(document);
  return [
    { method: 'GET', path: '/openapi.json', handle: () => Promise.resolve(json(200, document)) },
    { method: 'GET', path: '/docs', handle: () => Promise.resolve(new Response(page, { headers: pageHeaders })) },
  ];
}

const scriptHash = createHash('sha256').update(script).digest('base64');

/** The page holds all it needs; it may talk to this server and to nobody else. */
const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-cache',
  'x-content-type-options': 'nosniff',
  'content-security-policy': [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `script-src 'sha256-${scriptHash}'`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
};
