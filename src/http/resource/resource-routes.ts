import type { Answer } from '../reply.ts';
import type { Operation } from '../openapi/operation.ts';
import type { Exchange, Method, Route } from '../router/route.ts';
import type { LeftOut } from '../router/router.ts';
import { deleteRows, updateRows } from './bulk-rows.ts';
import { createRow } from './create-row.ts';
import { deleteRow } from './delete-row.ts';
import { describeAction } from './describe-action.ts';
import { describeBulk } from './describe-bulk.ts';
import { getRow } from './get-row.ts';
import { listRows } from './list-rows.ts';
import type { Resource, ResourceAction } from './resource.ts';
import { replaceRow } from './replace-row.ts';
import { updateRow } from './update-row.ts';

type Handle = (exchange: Exchange, resource: Resource) => Promise<Answer>;

/** The routes of a resource. */
export function resourceRoutes(resource: Resource): readonly Route[] {
  const item = `${resource.prefix}${resource.key.map(({ key }) => `/{${key}}`).join('')}`;
  const routeOf = (operation: Operation, method: Method, path: string, handle: Handle): Route => ({
    method,
    path,
    table: resource.table,
    operation,
    requiresIdempotencyKey: resource.requiresIdempotencyKey && (method === 'POST' || method === 'PATCH'),
    handle: (exchange) => handle(exchange, resource),
  });
  const route = (action: ResourceAction, method: Method, path: string, handle: Handle): readonly Route[] =>
    resource.actions.has(action) ? [routeOf(describeAction(action, resource), method, path, handle)] : [];
  const bulk = resource.bulkMax > 0 && !resource.requiresMatch;
  return [
    ...route('list', 'GET', resource.prefix, listRows),
    ...route('create', 'POST', resource.prefix, createRow),
    ...route('get', 'GET', item, getRow),
    ...route('replace', 'PUT', item, replaceRow),
    ...route('update', 'PATCH', item, updateRow),
    ...route('delete', 'DELETE', item, deleteRow),
    ...(bulk && resource.actions.has('update')
      ? [routeOf(describeBulk('update', resource), 'PATCH', resource.prefix, updateRows)]
      : []),
    ...(bulk && resource.actions.has('delete')
      ? [routeOf(describeBulk('delete', resource), 'DELETE', resource.prefix, deleteRows)]
      : []),
  ];
}

/** The routes that a resource would have, and why it has not: one version cannot stand for many rows. */
export function leftOutRoutes(resource: Resource): readonly LeftOut[] {
  const { actions, bulkMax, prefix: path, requiresMatch } = resource;
  if (bulkMax === 0 || !requiresMatch) return [];
  const leftOut = (action: ResourceAction, method: Method, reason: string): readonly LeftOut[] =>
    actions.has(action) ? [{ method, path, reason }] : [];
  return [
    ...leftOut(
      'update',
      'PATCH',
      'each change must name the version of its row in If-Match, so there is none by filter',
    ),
    ...leftOut(
      'delete',
      'DELETE',
      'each delete must name the version of its row in If-Match, so there is none by filter',
    ),
  ];
}
