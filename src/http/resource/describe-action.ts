import type { Content, Operation, OperationResponse, Parameter, Reference } from '../openapi/operation.ts';
import type { WireField } from '../wire/wire-field.ts';
import { describeFilter } from './describe-filter.ts';
import type { Resource, ResourceAction } from './resource.ts';

/** What the API's description says of one route of a resource. */
export function describeAction(action: ResourceAction, resource: Resource): Operation {
  const { name, tags, table } = resource;
  const things = resource.prefix.slice(resource.prefix.lastIndexOf('/') + 1).replaceAll(/[-_]/g, ' ');
  const { comment: said } = table.catalogTable;
  const comment = said === undefined ? '' : `${said}. `;
  const common = { tags, operationId: `${action}${name}` };
  const key = resource.primaryKey.map(pathParameter);
  switch (action) {
    case 'list':
      return {
        ...common,
        summary: `List ${things}`,
        description: `${comment}A page in order. \`next\` and \`previous\` lead on, as do the links of the \`Link\` header.`,
        parameters: listParameters(resource),
        responses: { 200: ok(`${name}Page`, 'One page', { Link: linkHeader }), ...problems(400) },
      };
    case 'create':
      return {
        ...common,
        summary: `Add to ${things}`,
        requestBody: { required: true, content: body(`${name}Input`, 'application/json') },
        responses: { 201: ok(name, 'Created', { Location: locationHeader }), ...problems(400, 409, 413, 415, 422) },
      };
    case 'get':
      return {
        ...common,
        summary: `Get one of the ${things}`,
        parameters: key,
        responses: { 200: ok(name, 'The row'), ...problems(404) },
      };
    case 'update':
      return {
        ...common,
        summary: `Change one of the ${things}`,
        description:
          'Properties left out stay as they are, `null` writes null. As `application/merge-patch+json`, JSON documents are merged; as `application/json` they are replaced.',
        parameters: key,
        requestBody: {
          required: true,
          content: body(`${name}Patch`, 'application/merge-patch+json', 'application/json'),
        },
        responses: { 200: ok(name, 'The row after the change'), ...problems(400, 404, 409, 413, 415, 422) },
      };
    case 'delete':
      return {
        ...common,
        summary: `Delete one of the ${things}`,
        ...(table.roles.deletedAt === undefined ? {} : { description: 'The row is kept and no longer shown.' }),
        parameters: key,
        responses: { 204: { description: 'Deleted' }, ...problems(404, 409) },
      };
  }
}

const linkHeader = { description: 'The next and the previous page (RFC 8288)', schema: { type: 'string' } };
const locationHeader = { description: 'Where the row is', schema: { type: 'string', format: 'uri-reference' } };

function listParameters(resource: Resource): readonly Parameter[] {
  const { limit, fields, search } = resource;
  const sortable = fields.filter((field) => field.sortable).map(({ key }) => key);
  return [
    {
      ...query('limit', 'Rows of one page'),
      schema: { type: 'integer', minimum: 1, maximum: limit.max, default: limit.default },
    },
    query('after', 'The `next` of an earlier page: the rows after it'),
    query('before', 'The `previous` of an earlier page: the rows before it'),
    ...(resource.offset ? [{ ...query('offset', 'Rows to skip'), schema: { type: 'integer', minimum: 0 } }] : []),
    ...(sortable.length === 0 ? [] : [orderParameter(resource, sortable)]),
    ...(search.length === 0 ? [] : [query('q', `Text to find in ${search.join(', ')}`)]),
    ...describeFilter(fields),
  ];
}

function orderParameter({ defaultOrder }: Resource, sortable: readonly string[]): Parameter {
  const usual = defaultOrder.join(',');
  return {
    ...query('order', `Properties with commas between, \`-\` for descending: ${sortable.join(', ')}`),
    schema: { type: 'string', ...(usual === '' ? {} : { default: usual }) },
  };
}

function query(name: string, description: string): Parameter {
  return { name, in: 'query', description, schema: { type: 'string' } };
}

function pathParameter({ key, wire, comment }: WireField): Parameter {
  return {
    name: key,
    in: 'path',
    required: true,
    schema: wire.schema,
    ...(comment === undefined ? {} : { description: comment }),
  };
}

function body(schema: string, ...types: readonly string[]): Content {
  return Object.fromEntries(types.map((type) => [type, { schema: reference(schema) }]));
}

function ok(schema: string, description: string, headers?: OperationResponse['headers']): OperationResponse {
  return { description, content: body(schema, 'application/json'), ...(headers === undefined ? {} : { headers }) };
}

function reference(schema: string): Reference {
  return { $ref: `#/components/schemas/${schema}` };
}

function problems(...statuses: readonly number[]): Operation['responses'] {
  return Object.fromEntries(
    [...statuses, 'default'].map((status) => [status, { $ref: '#/components/responses/Problem' }]),
  );
}
