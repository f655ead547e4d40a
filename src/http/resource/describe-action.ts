import type { Content, Operation, Parameter } from '../openapi/operation.ts';
import { describeFilter } from './describe-filter.ts';
import {
  etagHeader,
  header,
  keyParameter,
  locationHeader,
  matchParameter,
  ok,
  outcomes,
  pageHeaders,
  pathParameter,
  preferOfMany,
  problems,
  query,
  reference,
  shapeParametersOf,
  thingsOf,
} from './describe-parts.ts';
import type { Resource, ResourceAction } from './resource.ts';
import { patchTypes } from './row-change.ts';

/** What the API's description says of one route of a resource. */
export function describeAction(action: ResourceAction, resource: Resource): Operation {
  const common = { tags: resource.tags, operationId: `${action}${resource.name}` };
  return { ...common, ...describe(action, resource) };
}

function describe(action: ResourceAction, resource: Resource): Omit<Operation, 'operationId'> {
  const { name, table } = resource;
  const things = thingsOf(resource);
  const key = resource.key.map((field) => pathParameter(field, resource));
  const [etag, ifMatch] = [etagHeader(resource), matchParameter(resource)];
  const failed = resource.version === undefined ? [] : [412, ...(resource.requiresMatch ? [428] : [])];
  switch (action) {
    case 'list':
      return {
        summary: `List ${things}`,
        description: `${commentOf(resource)}A page in order. \`next\` and \`previous\` lead on, as do the links of the \`Link\` header.`,
        parameters: listParameters(resource),
        responses: { 200: ok(`${name}Page`, 'One page', pageHeaders), ...problems(400) },
      };
    case 'create':
      return {
        summary: `Add to ${things}`,
        parameters: [
          ...keyParameter(resource),
          header('If-None-Match', '`*`: 412 rather than 409 when the row is there already'),
          ...(resource.bulkMax === 0 ? [] : [preferOfMany('`return=minimal`: no body')]),
        ],
        requestBody: { required: true, content: createContent(resource) },
        responses: {
          201: {
            description: 'Created',
            headers: { Location: locationHeader, ...etag },
            content: { 'application/json': { schema: oneOrMore(resource, name, `${name}Rows`) } },
          },
          ...(resource.bulkMax === 0 ? {} : outcomes(resource)),
          ...problems(400, 409, 412, 413, 415, 422),
        },
      };
    case 'get':
      return {
        summary: `Get one of the ${things}`,
        parameters: [
          ...key,
          ...shapeParametersOf(resource),
          ...(resource.version === undefined ? [] : [header('If-None-Match', 'An entity tag: 304 when it is current')]),
        ],
        responses: {
          200: ok(name, 'The row', etag),
          ...(resource.version === undefined ? {} : { 304: { description: 'The row is as the client has it' } }),
          ...problems(400, 404),
        },
      };
    case 'replace':
      return {
        summary: `Put one of the ${things}`,
        description:
          'Adds the row, or replaces the one that is there: a property that may be null and is left out is null then; one with a default keeps its value.',
        parameters: [...key, ...ifMatch, header('If-None-Match', '`*`: 412 when the row is there')],
        requestBody: { required: true, content: replaceContent(resource) },
        responses: {
          200: ok(name, 'The row after the change', etag),
          201: ok(name, 'Created', { Location: locationHeader, ...etag }),
          ...problems(400, 409, 412, 413, 415, 422),
        },
      };
    case 'update':
      return {
        summary: `Change one of the ${things}`,
        description:
          'Properties left out stay as they are, `null` writes null. As `application/merge-patch+json`, JSON documents are merged; as `application/json` they are replaced. `application/json-patch+json` is a list of operations on the row as it is shown (RFC 6902).',
        parameters: [...key, ...keyParameter(resource), ...ifMatch],
        requestBody: { required: true, content: patchContent(resource) },
        responses: {
          200: ok(name, 'The row after the change', etag),
          ...problems(400, 404, 409, 412, 413, 415, 422),
        },
      };
    case 'delete':
      return {
        summary: `Delete one of the ${things}`,
        ...(table.roles.deletedAt === undefined ? {} : { description: 'The row is kept and no longer shown.' }),
        parameters: [...key, ...ifMatch],
        responses: { 204: { description: 'Deleted' }, ...problems(404, 409, ...failed) },
      };
  }
}

/** The bodies of a PATCH, by media type. */
export function patchContent({ name, fields, primaryKey, key: named, example }: Resource): Content {
  const field = fields.find(({ key, updatable, shown }) => updatable && shown && !isIn([...primaryKey, ...named], key));
  const change = field === undefined ? {} : { [field.key]: example[field.key] };
  const operations = Object.entries(change).map(([key, value]) => ({ op: 'replace', path: `/${key}`, value }));
  return Object.fromEntries(
    [...patchTypes].map((type) => [
      type,
      type === 'application/json-patch+json'
        ? { schema: reference('JsonPatch'), example: operations }
        : { schema: reference(`${name}Patch`), example: change },
    ]),
  );
}

function createContent(resource: Resource): Content {
  const { name, fields, example } = resource;
  const given = fields.filter(({ insertable }) => insertable).map(({ key }) => key);
  const schema = oneOrMore(resource, `${name}Input`, `${name}Inputs`);
  return { 'application/json': { schema, example: pick(example, given) } };
}

function replaceContent({ name, fields, primaryKey, key: named, example }: Resource): Content {
  const keys = [...primaryKey, ...named];
  const given = fields.filter(({ key, insertable }) => insertable && !isIn(keys, key)).map(({ key }) => key);
  return { 'application/json': { schema: reference(`${name}Replacement`), example: pick(example, given) } };
}

function pick(example: Resource['example'], keys: readonly string[]): Resource['example'] {
  return Object.fromEntries(keys.filter((key) => Object.hasOwn(example, key)).map((key) => [key, example[key]]));
}

function isIn(fields: Resource['primaryKey'], key: string): boolean {
  return fields.some((field) => field.key === key);
}

function oneOrMore({ bulkMax }: Resource, one: string, more: string): Content[string]['schema'] {
  return bulkMax === 0 ? reference(one) : { oneOf: [reference(one), reference(more)] };
}

function commentOf({ table }: Resource): string {
  const { comment } = table.catalogTable;
  return comment === undefined ? '' : `${comment}. `;
}

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
    ...(resource.offset > 0
      ? [{ ...query('offset', 'Rows to skip'), schema: { type: 'integer', minimum: 0, maximum: resource.offset } }]
      : []),
    ...(sortable.length === 0 ? [] : [orderParameter(resource, sortable)]),
    ...shapeParametersOf(resource),
    ...(search.length === 0 ? [] : [query('q', `Text to find in ${search.join(', ')}`)]),
    ...describeFilter(fields),
    header(
      'Prefer',
      '`count=exact`: the number of all rows as `total`. `count=planned`: the number that the planner of the database expects. `count=estimated`: counted up to 10,000, planned beyond',
    ),
  ];
}

function orderParameter({ defaultOrder }: Resource, sortable: readonly string[]): Parameter {
  const usual = defaultOrder.join(',');
  return {
    ...query('order', `Properties with commas between, \`-\` for descending: ${sortable.join(', ')}`),
    schema: { type: 'string', ...(usual === '' ? {} : { default: usual }) },
  };
}
