import type { Resource } from '../resource/resource.ts';
import { orNull, type JsonSchema } from '../wire/json-schema.ts';
import type { WireField } from '../wire/wire-field.ts';

/** The schemas of a resource: its rows, its bodies and its pages. */
export function resourceSchemas(resource: Resource): Readonly<Record<string, JsonSchema>> {
  const { name, fields, actions } = resource;
  const shown = fields.filter((field) => field.shown);
  const required = fields.filter((field) => field.required).map(({ key }) => key);
  return {
    [name]: objectOf(
      shown,
      shown.map(({ key }) => key),
    ),
    ...(actions.has('create')
      ? {
          [`${name}Input`]: objectOf(
            fields.filter(({ insertable }) => insertable),
            required,
          ),
        }
      : {}),
    ...(actions.has('update')
      ? {
          [`${name}Patch`]: objectOf(
            fields.filter(({ updatable }) => updatable),
            [],
          ),
        }
      : {}),
    ...(actions.has('list') ? { [`${name}Page`]: pageOf(name) } : {}),
  };
}

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
    },
    required: ['items'],
  };
}
