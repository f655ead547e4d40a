import type { Operation } from '../openapi/operation.ts';
import { patchContent } from './describe-action.ts';
import { describeFilter } from './describe-filter.ts';
import { keyParameter, ok, outcomes, preferOfMany, problems, thingsOf } from './describe-parts.ts';
import type { Resource } from './resource.ts';

/** What the API's description says of changing or deleting rows by filter. */
export function describeBulk(action: 'update' | 'delete', resource: Resource): Operation {
  const { name, tags, bulkMax, fields } = resource;
  const common = {
    tags,
    operationId: `${action}${name}Rows`,
    description: `Every row that the filter finds, all or none. A filter is required, and it may find ${bulkMax} rows.`,
    parameters: [
      ...(action === 'update' ? keyParameter(resource) : []),
      ...describeFilter(fields),
      preferOfMany('`max-affected=10`: 409 rather than more rows than that'),
    ],
  };
  if (action === 'delete')
    return {
      ...common,
      summary: `Delete ${thingsOf(resource)} by filter`,
      responses: { 200: ok('RowCount', 'How many were deleted'), ...outcomes(resource), ...problems(400, 409) },
    };
  return {
    ...common,
    summary: `Change ${thingsOf(resource)} by filter`,
    requestBody: { required: true, content: patchContent(resource) },
    responses: {
      200: ok(`${name}Rows`, 'The rows after the change'),
      ...outcomes(resource),
      ...problems(400, 409, 412, 413, 415, 422),
    },
  };
}
