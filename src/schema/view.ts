import type { View as CatalogView } from '../catalog/model/view.ts';
import type { SqlFragment } from '../sql/sql.ts';
import { snakeCase } from '../util/names.ts';
import { placed } from './definition-order.ts';
import type { Columns, RowOf } from './infer/row-types.ts';
import { toExpression } from './table/expression.ts';

/** Where a view definition keeps itself. */
export const viewDefinition: unique symbol = Symbol.for('rowhouse.view');

export interface ViewOf<Row> {
  readonly [viewDefinition]: CatalogView;
  readonly $row: Row;
}

export interface ViewOptions {
  readonly namespace?: string;
  readonly materialized?: boolean;
  readonly comment?: string;
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
  };
  return placed({ [viewDefinition]: built } as ViewOf<RowOf<C>>);
}
