import type { OpenApiDocument } from '../openapi-document.ts';
import type { Operation } from '../operation.ts';
import { html, Markup, prose } from './html.ts';
import { operationSection } from './operation-section.ts';
import { schemaTable } from './schema-table.ts';
import { script } from './script.ts';
import { style } from './style.ts';

/** An API's description as one page that needs nothing but itself. */
export function docsPage(document: OpenApiDocument): string {
  const { info, components } = document;
  const groups = groupsOf(document);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${info.title}</title>
        ${styleTag}
      </head>
      <body>
        <a class="skip" href="#main">Skip to the content</a>
        <nav aria-label="Operations">
          <p class="brand">${info.title}<span>${info.version}</span></p>
          ${groups.map(navigation)}
          <h2>Reference</h2>
          <ul>
            <li><a href="#schemas">Schemas</a></li>
            <li><a href="openapi.json">OpenAPI 3.1 document</a></li>
          </ul>
        </nav>
        <main id="main">
          <header>
            <h1>${info.title}</h1>
            ${info.description === undefined ? undefined : html`<p class="lead">${prose(info.description)}</p>`}
          </header>
          ${groups.map(section)}
          <section class="group" id="schemas">
            <h2>Schemas</h2>
            ${Object.entries(components.schemas).map(
              ([name, schema]) =>
                html`<article id="schema-${name}">
                  <h3>${name}</h3>
                  ${schemaTable(schema)}
                </article>`,
            )}
          </section>
        </main>
        ${scriptTag}
      </body>
    </html> `;
  return page.text;
}

/** The script stands here byte for byte: the page's policy names its hash. */
const scriptTag = new Markup(`<script>${script}</script>`);
const styleTag = new Markup(`<style>${style}</style>`);

interface Entry {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

interface Group {
  readonly name: string;
  readonly entries: readonly Entry[];
}

/** The operations under their first tag; those without one come last. */
function groupsOf({ paths }: OpenApiDocument): readonly Group[] {
  const entries = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]): Entry => ({ method, path, operation })),
  );
  const byName = Map.groupBy(entries, ({ operation }) => operation.tags?.[0] ?? '');
  const groups = [...byName].map(([name, members]) => ({ name, entries: members }));
  return [...groups.filter(({ name }) => name !== ''), ...groups.filter(({ name }) => name === '')];
}

function navigation({ name, entries }: Group): Markup {
  return html`<h2>${title(name)}</h2>
    <ul>
      ${entries.map(
        ({ method, path, operation }) =>
          html`<li>
            <a href="#${operation.operationId}"><b class="${method}">${method}</b><span>${path}</span></a>
          </li>`,
      )}
    </ul>`;
}

function section({ name, entries }: Group): Markup {
  return html`<section class="group">
    <h2>${title(name)}</h2>
    ${entries.map(({ method, path, operation }) => operationSection(method, path, operation))}
  </section>`;
}

function title(tag: string): string {
  return tag === '' ? 'Other' : tag;
}
