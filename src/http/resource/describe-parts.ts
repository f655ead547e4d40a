import type { Content, Operation, OperationResponse, Parameter, Reference } from '../openapi/operation.ts';
import type { WireField } from '../wire/wire-field.ts';
import type { Resource } from './resource.ts';

/** A parameter of text in the query. */
export function query(name: string, description: string): Parameter {
  return { name, in: 'query', description, schema: { type: 'string' } };
}

export function header(name: string, description: string, required = false): Parameter {
  return { name, in: 'header', description, schema: { type: 'string' }, ...(required ? { required } : {}) };
}

/** A property of the key in the path. */
export function pathParameter({ key, wire, comment }: WireField, { example }: Resource): Parameter {
  return {
    example: example[key],
    name: key,
    in: 'path',
    required: true,
    schema: wire.schema,
    ...(comment === undefined ? {} : { description: comment }),
  };
}

/** `If-Match`, where rows have versions. */
export function matchParameter({ version, requiresMatch }: Resource): readonly Parameter[] {
  if (version === undefined) return [];
  return [header('If-Match', 'The entity tag of the version that is meant; 412 when there is another', requiresMatch)];
}

/** `select`, and `include` where the resource has relations to show. */
export function shapeParametersOf({ relations, includeLimit }: Resource): readonly Parameter[] {
  const paths = [...relations.keys()].join(', ');
  return [
    query('select', 'Properties to show, with commas between; `writer:name` shows `name` as `writer`'),
    ...(relations.size === 0
      ? []
      : [
          query(
            'include',
            `Relations to show with their rows: ${paths}; \`a.b\` leads on, through ${includeLimit.depth} at most. A row shows ${includeLimit.rows} related rows; a relation with more is named in \`Include-Truncated\``,
          ),
        ]),
  ];
}

export function body(schema: string, ...types: readonly string[]): Content {
  return Object.fromEntries(types.map((type) => [type, { schema: reference(schema) }]));
}

export function ok(schema: string, description: string, headers?: OperationResponse['headers']): OperationResponse {
  return { description, content: body(schema, 'application/json'), ...(headers === undefined ? {} : { headers }) };
}

export function reference(schema: string): Reference {
  return { $ref: `#/components/schemas/${schema}` };
}

/** `Prefer` of requests about many rows. */
export function preferOfMany(other: string): Parameter {
  return header('Prefer', `\`handling=lenient\`: each row by itself, told in a 207. ${other}`);
}

/** The response to who prefers each row by itself. */
export function outcomes({ name }: Resource): Operation['responses'] {
  return { 207: ok(`${name}Outcomes`, 'What became of each row, where `handling=lenient` is preferred') };
}

/** The responses that are problems. */
export function problems(...statuses: readonly number[]): Operation['responses'] {
  return Object.fromEntries(
    [...statuses, 'default'].map((status) => [status, { $ref: '#/components/responses/Problem' }]),
  );
}

/** `users` of `/api/users`, as words. */
export function thingsOf({ prefix }: Resource): string {
  return prefix.slice(prefix.lastIndexOf('/') + 1).replaceAll(/[-_]/g, ' ');
}

export const pageHeaders: NonNullable<OperationResponse['headers']> = {
  Link: { description: 'The next and the previous page (RFC 8288)', schema: { type: 'string' } },
  'X-Total-Count': { description: 'The number of all rows, where `Prefer` asks for it', schema: { type: 'integer' } },
  'Preference-Applied': { description: '`count=exact`: `total` was counted', schema: { type: 'string' } },
};
export const locationHeader = {
  description: 'Where the row is',
  schema: { type: 'string', format: 'uri-reference' },
};

/** `Idempotency-Key`, where it is needed. */
export function keyParameter({ requiresIdempotencyKey }: Resource): readonly Parameter[] {
  if (!requiresIdempotencyKey) return [];
  return [{ ...header('Idempotency-Key', 'The same for a request that is sent again', true), example: 'a-key' }];
}

/** The entity tag of a row, where rows have versions. */
export function etagHeader({ version }: Resource): NonNullable<OperationResponse['headers']> {
  return version === undefined ? {} : { ETag: { description: 'The version of the row', schema: { type: 'string' } } };
}
