import type { Change } from '../../catalog/change/change.ts';
import type { Database } from '../../database/database.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { migrationStatus } from '../../migration/run/status.ts';
import { stamp } from '../../migration/run/stamp.ts';
import type { MigrationContext } from '../../migration/run/migration-context.ts';
import { loadRevisions } from '../../migration/revision/load-revisions.ts';
import { writeRevision, type NewRevision } from '../../migration/revision/write-revision.ts';
import type { Drift, DriftQuestion } from './find-drift.ts';
import { inWordsOf } from './in-words-of.ts';
import { modelledDrift } from './modelled-drift.ts';
import { structuresOf } from './read-structure.ts';

/** Where the new revision goes, and what it is called. */
export interface AbsorbOptions {
  readonly message: string;
  readonly directory: string;
  readonly at: Date;
  readonly template?: string | undefined;
}

/**
 * Writes down what the database has beyond its revisions, and records it as applied: from then on the revisions and the
 * database agree. Nothing but the ledger is written in the database. What the catalog has words for becomes a revision of
 * changes, planned like any other; what is left, as grants are, one of raw SQL behind it.
 */
export async function absorbDrift(
  drift: Drift,
  question: DriftQuestion,
  context: MigrationContext,
  options: AbsorbOptions,
): Promise<AbsorbedDrift> {
  const { pending } = await migrationStatus(context);
  if (pending.length > 0) throw pendingInTheWay(pending.length);
  const modelled = await modelledDrift(question, context);
  const rest = modelled === undefined ? drift.expected : modelled.after;
  const up = await rawChanges(context.database, rest, drift.found);
  const parts: readonly Part[] = [
    ...(modelled === undefined ? [] : [{ up: modelled.changes }]),
    ...(up.length === 0 ? [] : [{ up, down: await rawChanges(context.database, drift.found, rest) }]),
  ];
  const made = await writeParts(parts, context, options);
  await stamp({ ...context, graph: await loadRevisions(options.directory) }, 'head');
  return made;
}

/** The revision files that a drift became, in order, and their ids. */
export interface AbsorbedDrift {
  readonly files: readonly string[];
  readonly ids: readonly string[];
}

type Part = Pick<NewRevision, 'up' | 'down'>;

async function writeParts(
  parts: readonly Part[],
  { graph }: MigrationContext,
  { message, directory, at, template }: AbsorbOptions,
): Promise<AbsorbedDrift> {
  let parent = graph.head()?.id;
  const made: { readonly file: string; readonly id: string }[] = [];
  for (const [position, part] of parts.entries()) {
    const written = await writeRevision(directory, {
      ...part,
      message: position === 0 ? message : `${message}, the rest`,
      parents: parent === undefined ? [] : [parent],
      at,
      template,
      count: graph.ordered.length + position,
    });
    parent = written.id;
    made.push(written);
  }
  return { files: made.map(({ file }) => file), ids: made.map(({ id }) => id) };
}

/** The short form, since a revision says what is wanted and whoever runs it picks the way. */
async function rawChanges(database: Database, from: Drift['expected'], to: Drift['found']): Promise<readonly Change[]> {
  const { dialect } = database;
  const planner = await structuresOf(dialect);
  return planner
    .plan(from, await inWordsOf(database, to, from), { safe: 'plain' })
    .map(({ sql }): Change => ({ kind: 'raw-sql', up: { [dialect.name]: sql } }));
}

function pendingInTheWay(count: number): RowhouseError {
  return new RowhouseError('USAGE', `${count} revisions are not applied, and the new one would come after them`, {
    details: { pending: count },
    hint: 'apply them with `rowhouse up`, then absorb what is left',
  });
}
