import type { RowFence } from '../../dialect/row-fence.ts';
import type { Result, Statement } from '../../driver/connection.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { unscopedChannel, type DiagnosticSource, type UnscopedMessage } from '../diagnostics.ts';
import type { SessionContext } from '../session-context.ts';
import type { StatementWithValues } from '../session.ts';
import { isFenced } from './fenced-statement.ts';
import { tenantScope, type TenantId, type TenantScope } from './tenant-scope.ts';

/** How far the sessions of one tenant reach, or those that reach all of them for a reason. */
export interface SessionScope {
  readonly tenant?: TenantScope;
  readonly allTenants?: string;
  /** Tells the database, for one transaction. Absent: the database keeps no tenants apart. */
  readonly binding: StatementWithValues | undefined;
  /** `TENANT_UNFENCED` unless the statement stays among the rows of the tenant. Undefined: it does. */
  check(statement: Statement, ask: Ask): Promise<void> | undefined;
}

/** Runs a statement of ours on the session that is checked. */
export type Ask = (statement: Statement) => Promise<Result>;

type ScopeContext = Pick<SessionContext, 'dialect' | 'source' | 'logger'>;

/** The scope of one tenant: a statement asks for the tenant by itself, or the database keeps it among its rows. */
export function scopeOfTenant(value: TenantId, { dialect, source }: ScopeContext): SessionScope {
  const { rowFence } = dialect;
  const tenant = tenantScope(value);
  return {
    tenant,
    binding: rowFence?.bind(String(value)),
    check: (statement, ask) => {
      if (isFenced(statement)) return undefined;
      if (rowFence === undefined)
        throw unfenced("use a repository, or say unscoped('why') and name the tenant in the SQL");
      return heldBack.has(source) ? undefined : checkAccount(rowFence, source, ask);
    },
  };
}

/** Databases that hold our account back: it passes no policy by. */
const heldBack = new WeakSet<DiagnosticSource>();

async function checkAccount({ bypass }: RowFence, source: DiagnosticSource, ask: Ask): Promise<void> {
  const { rows } = await ask(bypass);
  if (rows.length > 0) throw unfenced('connect as an account that is neither SUPERUSER nor BYPASSRLS');
  heldBack.add(source);
}

/** The scope of whoever reaches the rows of all tenants and says why, which is written to the log. */
export function scopeOfAll(reason: string, { dialect, source, logger }: ScopeContext): SessionScope {
  if (reason.trim() === '') {
    throw new RowhouseError('USAGE', 'whoever reaches the rows of all tenants says why', {
      hint: "give the reason: unscoped('nightly invoice run')",
    });
  }
  logger?.info({ reason, where: source.where }, 'a session reaches the rows of all tenants');
  if (unscopedChannel.hasSubscribers) unscopedChannel.publish({ source, reason } satisfies UnscopedMessage);
  return { allTenants: reason, binding: dialect.rowFence?.unbound, check: () => undefined };
}

function unfenced(hint: string): RowhouseError {
  return new RowhouseError('TENANT_UNFENCED', 'nothing keeps SQL written by hand among the rows of the tenant', {
    hint,
  });
}
