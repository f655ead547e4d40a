import type { Change } from '../../catalog/change/change.ts';
import type { Database } from '../../database/database.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { migrationStatus } from '../../migration/run/status.ts';
import { stamp } from '../../migration/run/stamp.ts';
import type { MigrationContext } from '../../migration/run/migration-context.ts';
import { loadRevisions } from '../../migration/revision/load-revisions.ts';
import { writeRevision } from '../../migration/revision/write-revision.ts';
import type { Drift } from './find-drift.ts';
import { structuresOf } from './read-structure.ts';

/** Where the new revision goes, and what it is called. */
export interface AbsorbOptions {
  readonly message: string;
  readonly directory: string;
  readonly at: Date;
  readonly template?: string | undefined;
}

/**
 * Writes a revision of raw SQL that makes what the database has beyond its revisions, and records it as applied: from
 * then on the revisions and the database agree. Nothing but the ledger is written in the database.
 */
export async function absorbDrift(
  drift: Drift,
  context: MigrationContext,
  { message, directory, at, template }: AbsorbOptions,
): Promise<{ readonly file: string; readonly id: string }> {
  const { pending } = await migrationStatus(context);
  if (pending.length > 0) throw pendingInTheWay(pending.length);
  const head = context.graph.head();
  const made = await writeRevision(directory, {
    message,
    parents: head === undefined ? [] : [head.id],
    up: rawChanges(context.database, drift.expected, drift.found),
    down: rawChanges(context.database, drift.found, drift.expected),
    at,
    template,
    count: context.graph.ordered.length,
  });
  await stamp({ ...context, graph: await loadRevisions(directory) }, made.id);
  return made;
}

/** The short form, since a revision says what is wanted and whoever runs it picks the way. */
function rawChanges({ dialect }: Database, from: Drift['expected'], to: Drift['found']): readonly Change[] {
  return structuresOf(dialect)
    .plan(from, to, { safe: 'plain' })
    .map(({ sql }): Change => ({ kind: 'raw-sql', up: { [dialect.name]: sql } }));
}

function pendingInTheWay(count: number): RowhouseError {
  return new RowhouseError('USAGE', `${count} revisions are not applied, and the new one would come after them`, {
    details: { pending: count },
    hint: 'apply them with `rowhouse up`, then absorb what is left',
  });
}
