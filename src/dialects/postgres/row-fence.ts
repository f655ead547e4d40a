import type { RowFence } from '../../dialect/row-fence.ts';
import type { Statement } from '../../driver/connection.ts';
import { postgresText } from './text.ts';

const bind: Statement = {
  sql: "select set_config('rowhouse.tenant', $1, true), set_config('rowhouse.unscoped', $2, true)",
  name: 'rh_bind_tenant',
};

/** Row policies compare with settings that end with the transaction, so that no pooled connection keeps them. */
export const postgresRowFence: RowFence = {
  bind: (tenant) => [bind, [tenant, '']],
  unbound: [bind, ['', 'on']],
  closed: [bind, ['', '']],
  lift: { sql: "set rowhouse.unscoped = 'on'" },
  bypass: { sql: 'select 1 from pg_roles where rolname = current_user and (rolsuper or rolbypassrls)' },
};

const enter: Statement = {
  sql: "select set_config('search_path', $1, true), set_config('rowhouse.tenant', $2, true), set_config('rowhouse.unscoped', '', true)",
  name: 'rh_enter_namespace',
};

/** The namespace alone: a table that is missing there must not be found in another. */
export function postgresNamespaceBinding(namespace: string, tenant: string): readonly [Statement, readonly unknown[]] {
  return [enter, [postgresText.name(namespace), tenant]];
}
