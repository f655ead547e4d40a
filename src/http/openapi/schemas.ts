import type { Resource } from '../resource/resource.ts';
import { orNull, type JsonSchema } from '../wire/json-schema.ts';
import type { WireField } from '../wire/wire-field.ts';

/** The schemas of a resource: its rows, its bodies and its pages. */
export function resourceSchemas(resource: Resource): Readonly<Record<string, JsonSchema>> {
  const { name, fields, actions, bulkMax, relations } = resource;
  const shown = fields.filter((field) => field.shown);
  const insertable = fields.filter((field) => field.insertable);
  const required = fields.filter((field) => field.required).map(({ key }) => key);
  const row = objectOf(
    shown,
    shown.map(({ key }) => key),
  );
  const updatable = fields.filter((field) => field.updatable);
  const bulk = bulkMax > 0;
  return {
    // Related rows come beside the properties.
    [name]: relations.size === 0 ? row : { ...row, additionalProperties: true },
    ...(actions.has('create') ? { [`${name}Input`]: objectOf(insertable, required) } : {}),
    ...(actions.has('create') && bulk ? { [`${name}Inputs`]: listOf(`${name}Input`, bulkMax) } : {}),
    ...(actions.has('replace') ? { [`${name}Replacement`]: replacementOf(resource, insertable, required) } : {}),
    ...(actions.has('update') ? { [`${name}Patch`]: objectOf(updatable, []) } : {}),
    ...(bulk && (actions.has('create') || actions.has('update')) ? { [`${name}Rows`]: rowsOf(name) } : {}),
    ...(bulk ? { [`${name}Outcomes`]: outcomesOf(name) } : {}),
    ...(actions.has('list') ? { [`${name}Page`]: pageOf(name) } : {}),
  };
}

/** The key is in the path already. */
function replacementOf(
  { key: named }: Resource,
  insertable: readonly WireField[],
  required: readonly string[],
): JsonSchema {
  const keys = new Set(named.map(({ key }) => key));
  return objectOf(
    insertable,
    required.filter((key) => !keys.has(key)),
  );
}

function listOf(name: string, maxItems: number): JsonSchema {
  return { type: 'array', items: { $ref: `#/components/schemas/${name}` }, minItems: 1, maxItems };
}

function rowsOf(name: string): JsonSchema {
  return {
    type: 'object',
    properties: { items: { type: 'array', items: { $ref: `#/components/schemas/${name}` } } },
    required: ['items'],
  };
}

/** What became of each row of a request about many. */
function outcomesOf(name: string): JsonSchema {
  const outcome: JsonSchema = {
    type: 'object',
    required: ['status'],
    properties: {
      status: { type: 'integer' },
      location: { type: 'string', format: 'uri-reference', description: 'Where the row is that was added' },
      key: { type: 'object', description: 'Which row it was, where a filter found it' },
      row: { $ref: `#/components/schemas/${name}` },
      problem: { $ref: '#/components/schemas/Problem' },
    },
  };
  return { type: 'object', required: ['items'], properties: { items: { type: 'array', items: outcome } } };
}

/** The operations of a JSON patch (RFC 6902). */
export const jsonPatchSchema: JsonSchema = {
  type: 'array',
  items: {
    type: 'object',
    required: ['op', 'path'],
    properties: {
      op: { type: 'string', enum: ['add', 'remove', 'replace', 'move', 'copy', 'test'] },
      path: { type: 'string', format: 'json-pointer' },
      from: { type: 'string', format: 'json-pointer' },
      value: {},
    },
  },
};

/** How many rows a request was about. */
export const rowCountSchema: JsonSchema = {
  type: 'object',
  required: ['count'],
  properties: { count: { type: 'integer', minimum: 0 } },
};

/** The schema of a problem of RFC 9457. */
export const problemSchema: JsonSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string', description: 'The request, as the log knows it' },
    code: { type: 'string', description: 'What to branch on', examples: ['UNIQUE_VIOLATION'] },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['detail'],
        properties: {
          pointer: { type: 'string', description: 'Where in the body', examples: ['#/email'] },
          parameter: { type: 'string', description: 'Which query parameter' },
          detail: { type: 'string' },
        },
      },
    },
  },
};

function objectOf(fields: readonly WireField[], required: readonly string[]): JsonSchema {
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.key, fieldSchema(field)])),
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  };
}

function fieldSchema({ wire, nullable, comment, shown }: WireField): JsonSchema {
  const schema = nullable ? orNull(wire.schema) : wire.schema;
  return {
    ...schema,
    ...(comment === undefined ? {} : { description: comment }),
    ...(shown ? {} : { writeOnly: true }),
  };
}

function pageOf(name: string): JsonSchema {
  return {
    type: 'object',
    properties: {
      items: { type: 'array', items: { $ref: `#/components/schemas/${name}` } },
      next: { type: 'string', description: 'For `after`; absent on the last page' },
      previous: { type: 'string', description: 'For `before`; absent on the first page' },
      total: { type: 'integer', description: 'The number of all rows, where `Prefer: count=…` asks for it' },
    },
    required: ['items'],
  };
}
