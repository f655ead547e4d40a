import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { Resource } from '../resource/resource.ts';
import type { Route } from '../router/route.ts';
import type { JsonSchema } from '../wire/json-schema.ts';
import type { Operation } from './operation.ts';
import { jsonPatchSchema, problemSchema, resourceSchemas, rowCountSchema } from './schemas.ts';

/** The members of an OpenAPI 3.1 document that we write. */
export interface OpenApiDocument {
  readonly openapi: '3.1.1';
  readonly info: { readonly title: string; readonly version: string; readonly description?: string };
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly responses: Readonly<Record<string, unknown>>;
  };
}

/** Describes the routes of an API from what serves them. */
export function openApiDocument(
  info: OpenApiDocument['info'],
  routes: readonly Route[],
  resources: readonly Resource[],
): OpenApiDocument {
  const paths: Record<string, Record<string, Operation>> = {};
  for (const { path, method, operation } of routes) {
    if (operation !== undefined) paths[path] = { ...paths[path], [method.toLowerCase()]: operation };
  }
  const tags = new Set(routes.flatMap(({ operation }) => operation?.tags ?? []));
  return {
    openapi: '3.1.1',
    info,
    tags: [...tags].map((name) => ({ name })),
    paths,
    components: {
      schemas: { ...schemasOf(resources), ...sharedSchemas(resources), Problem: problemSchema },
      responses: { Problem: problemResponse },
    },
  };
}

const problemResponse = {
  description: 'What went wrong (RFC 9457)',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

/** The schemas that some resources need, and none has to itself. */
function sharedSchemas(resources: readonly Resource[]): Readonly<Record<string, JsonSchema>> {
  return {
    ...(resources.some(({ actions }) => actions.has('update')) ? { JsonPatch: jsonPatchSchema } : {}),
    ...(resources.some(({ bulkMax, actions }) => bulkMax > 0 && actions.has('delete'))
      ? { RowCount: rowCountSchema }
      : {}),
  };
}

function schemasOf(resources: readonly Resource[]): Readonly<Record<string, JsonSchema>> {
  const schemas = new Map<string, JsonSchema>();
  for (const resource of resources) {
    for (const [name, schema] of Object.entries(resourceSchemas(resource))) {
      if (schemas.has(name)) throw twice(name);
      schemas.set(name, schema);
    }
  }
  return Object.fromEntries(schemas);
}

function twice(name: string): RowhouseError {
  return new RowhouseError('CONFIG_CONFLICT', `two resources have a schema named ${name}`, {
    hint: 'give one of them another name',
  });
}
