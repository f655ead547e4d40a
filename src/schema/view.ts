import type { View as CatalogView } from '../catalog/model/view.ts';
import type { EngineOptions } from '../catalog/model/engine-options.ts';
import type { Rename } from '../catalog/diff/rename.ts';
import type { SqlFragment } from '../sql/sql.ts';
import { snakeCase } from '../util/names.ts';
import { placed } from './definition-order.ts';
import type { Columns, RowOf } from './infer/row-types.ts';
import { renameFrom } from './former-name.ts';
import { renameDefinition } from './rename-definition.ts';
import { toExpression } from './table/expression.ts';

/** Where a view definition keeps itself. */
export const viewDefinition: unique symbol = Symbol.for('rowhouse.view');

export interface ViewOf<Row> {
  readonly [viewDefinition]: CatalogView;
  readonly [renameDefinition]: readonly Rename[];
  readonly $row: Row;
}

export interface ViewOptions {
  readonly namespace?: string;
  readonly materialized?: boolean;
  readonly comment?: string;
  /** Options of one engine: `{ securityInvoker: true }`, `{ checkOption: 'local' }`. */
  readonly options?: EngineOptions;
  /** Its name before; only a view that changes as well must say it. */
  readonly renamedFrom?: string;
}

/**
 * Defines a view: what it returns and the query behind it.
 *
 * @example
 * ```ts
 * export const activeUsers = view('active_user', { id: uuid(), email: text() }, sql`select id, email from ${id('auth_user')} where active`);
 * ```
 */
export function view<C extends Columns>(
  name: string,
  columns: C,
  query: SqlFragment,
  options: ViewOptions = {},
): ViewOf<RowOf<C>> {
  const built: CatalogView = {
    ...(options.namespace === undefined ? {} : { namespace: options.namespace }),
    name,
    query: toExpression(query),
    columns: Object.entries(columns).map(([key, { definition }]) => ({
      name: definition.name ?? snakeCase(key),
      type: definition.type,
      nullable: definition.nullable,
    })),
    materialized: options.materialized ?? false,
    ...(options.comment === undefined ? {} : { comment: options.comment }),
    ...(options.options === undefined ? {} : { options: options.options }),
  };
  return placed({ [viewDefinition]: built, [renameDefinition]: viewRenames(name, options) } as ViewOf<RowOf<C>>);
}

function viewRenames(to: string, { namespace, renamedFrom }: ViewOptions): readonly Rename[] {
  if (renamedFrom === undefined) return [];
  return [renameFrom('view', renamedFrom, namespace === undefined ? { name: to } : { namespace, name: to })];
}
