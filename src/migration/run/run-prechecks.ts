import type { Change } from '../../catalog/change/change.ts';
import type { Precheck } from '../../dialect/definition.ts';
import { displayName, sameName, type ObjectName } from '../../catalog/model/object-name.ts';
import type { PinnedSession } from '../../database/pinned-session.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { RevisionPlan } from '../plan/revision-plan.ts';

/**
 * Asks, before the first statement of a plan, whether rows are in the way of any of them. A plan that writes rows itself
 * may clear its own way, so there the statements are left to find out.
 */
export async function runPrechecks(session: PinnedSession, plan: RevisionPlan): Promise<void> {
  if (writesRows(plan)) return;
  const made = tablesMade(plan);
  const isMade = (name: ObjectName): boolean => made.some((table) => sameName(table, name));
  for (const { prechecks = [] } of plan.statements) {
    // What has the name of such a table now is another one, which makes room for it.
    for (const precheck of prechecks.filter(({ table }) => !isMade(table)))
      await refuseRows(session, withNewTables(precheck, isMade), plan);
  }
}

/** What a plan makes is not there yet when its questions are asked, and has no rows later. */
function withNewTables(precheck: Precheck, isMade: (table: ObjectName) => boolean): Precheck {
  const { whileNew } = precheck;
  if (whileNew === undefined || !isMade(whileNew.table)) return precheck;
  const remedy = `make and fill ${displayName(whileNew.table)} in a revision of its own before this one, or mend these rows`;
  return { ...precheck, sql: whileNew.sql, remedy: { up: remedy, down: remedy } };
}

/** The tables of a way down that is derived may come back with their rows. */
function tablesMade({ revision, direction }: RevisionPlan): readonly ObjectName[] {
  const changes = direction === 'up' ? revision.up : (revision.down ?? []);
  return changes.flatMap((change) => (change.kind === 'create-table' ? [change.table] : []));
}

/** Throws `ROWS_IN_THE_WAY`, with the keys of the first, when there are any. */
export async function refuseRows(
  session: PinnedSession,
  precheck: Precheck,
  { revision, direction }: RevisionPlan,
): Promise<void> {
  const rows = await ask(session, precheck);
  const [first] = rows;
  if (first === undefined) return;
  const { key, problem, remedy } = precheck;
  const [table, count] = [displayName(precheck.table), Number(first[0])];
  const keys = rows.map((row) => Object.fromEntries(key.map((name, n) => [name, row[n + 1]])));
  const many = count >= 1000 ? '1000 rows or more' : count === 1 ? '1 row' : `${count} rows`;
  throw new RowhouseError('ROWS_IN_THE_WAY', `${table}: ${many} ${count === 1 ? singular(problem) : problem}`, {
    details: {
      revision: revision.id,
      table,
      column: precheck.column,
      rows: count,
      ...(key.length === 0 ? {} : { keys }),
    },
    hint: `nothing was changed; ${remedy?.[direction] ?? 'mend these rows, or mend them in a revision of their own before this one'}`,
  });
}

/** What the plan itself makes first cannot be asked about yet, and has no rows that could be in the way. */
async function ask(session: PinnedSession, { sql }: Precheck): Promise<readonly (readonly unknown[])[]> {
  try {
    return (await session.connection.run({ sql }, [])).rows;
  } catch (error) {
    const known = session.dialect.errors.translate(error, { during: 'statement' });
    if (known.code === 'OBJECT_MISSING') return [];
    throw known;
  }
}

/** Changes that give rows other values. */
const writing: ReadonlySet<Change['kind']> = new Set(['raw-sql', 'backfill', 'rename-enum-value']);

function writesRows({ revision, direction }: RevisionPlan): boolean {
  const changes = direction === 'up' ? revision.up : (revision.down ?? revision.up);
  return changes.some(({ kind }) => writing.has(kind));
}

/** `12 rows have no email`, `1 row has no email`. */
function singular(problem: string): string {
  return problem
    .replace(/^have /, 'has ')
    .replace(/^are /, 'is ')
    .replace(/^(break|refer)/, '$1s');
}
