import type { Catalog } from '../../catalog/model/catalog.ts';
import type { Database } from '../../database/database.ts';
import { interruption } from '../../database/interruption.ts';
import { makeCatalog } from '../../database/make-catalog.ts';
import type { Structure } from '../../dialect/structure/fact.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { Ledger } from '../../migration/ledger/ledger.ts';
import { foldRevisions } from '../../migration/plan/revision-plan.ts';
import { dumpRows } from '../../migration/prove/dump-rows.ts';
import { findLosses, type Losses } from '../../migration/prove/find-losses.ts';
import type { RevisionProof } from '../../migration/prove/proof.ts';
import { rowDifferences } from '../../migration/prove/row-differences.ts';
import type { RevisionGraph } from '../../migration/revision/revision-graph.ts';
import type { LoadedRevision } from '../../migration/revision/revision.ts';
import { structureOf } from '../compare/compare-databases.ts';
import { makeRevisions } from '../compare/make-revisions.ts';
import { makeScratch, type ScratchPlace } from '../compare/scratch-database.ts';
import { structureDifferences } from '../compare/structure-differences.ts';
import { openMeasuring, type Measuring } from './measuring.ts';
import { proofFailed, runFailed } from './proof-failed.ts';
import { fillForRevision } from './rows-for-revision.ts';
import { takeSteps, type Step } from './take-steps.ts';

/** What is to be proven, and where. */
export interface ProofRequest {
  readonly graph: RevisionGraph;
  /** The revisions to prove; those before them are only applied. */
  readonly wanted: ReadonlySet<LoadedRevision>;
  readonly place: ScratchPlace;
  readonly ledger: Ledger;
  /** Rows of each table; 8 when nothing is said. */
  readonly rows?: number | undefined;
  /** The same seed makes the same rows; 1 when nothing is said. */
  readonly seed?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told before each part of the work: what it is, how many parts are done, how many there are. */
  readonly onProgress?: ((label: string, done: number, total: number) => void) | undefined;
}

/**
 * Proves revisions on scratch databases: each goes up, down and up again over generated rows. What the engine reports
 * must be what the catalog makes from nothing, and what was there before; no row of a reversible change may be lost.
 * Throws `PROOF_FAILED` naming the revision, the direction and what differs.
 *
 * @example
 * ```ts
 * const proofs = await proveRevisions({ graph, wanted: new Set(graph.ordered), place, ledger });
 * ```
 */
export async function proveRevisions(request: ProofRequest): Promise<readonly RevisionProof[]> {
  const { graph, wanted, place, onProgress, signal } = request;
  await using scratch = await makeScratch(place);
  await using measuring = await openMeasuring(scratch.database, place);
  const proofs: RevisionProof[] = [];
  const last = graph.ordered.findLastIndex((revision) => wanted.has(revision));
  for (const [position, revision] of graph.ordered.slice(0, last + 1).entries()) {
    if (signal?.aborted === true) throw interruption(signal.reason);
    onProgress?.(`proving ${revision.id}`, position, last + 1);
    const before = graph.ordered.slice(0, position);
    const one: OneProof = { request, database: scratch.database, measuring, before, revision };
    if (wanted.has(revision)) proofs.push(await proveOne(one));
    else await goUp(one);
  }
  onProgress?.('proven', last + 1, last + 1);
  return proofs;
}

interface OneProof {
  readonly request: ProofRequest;
  readonly database: Database;
  readonly measuring: Measuring;
  readonly before: readonly LoadedRevision[];
  readonly revision: LoadedRevision;
}

async function proveOne(one: OneProof): Promise<RevisionProof> {
  const { request, database, measuring, before, revision } = one;
  const catalog = foldRevisions(before);
  const filling = await fillForRevision(database, revision, catalog, request);
  const old = await look(one, catalog);
  const effects = await measuring.measure(before, revision, filling.fill);
  const up = await goUp(one);
  const expected = await madeFromNothing(one);
  await compare(one, 'up', expected.structure);
  const down = await goDown(one);
  if (down !== undefined) {
    await compare(one, 'down', old.structure);
    await compareRows(one, old.rows, catalog);
    await goUp(one);
    await compare(one, 'up again', expected.structure);
  }
  return {
    revision,
    filled: filling.filled,
    statements: [
      ...up.map((step, position) => proven('up', step, effects[position])),
      ...(down ?? []).map((step) => proven('down', step, undefined)),
    ],
    comparedWith: expected.by,
    reversible: down !== undefined,
    lost: namesOf(findLosses(revision.up, catalog)),
    ...(filling.note === undefined ? {} : { note: filling.note }),
  };
}

type Rows = Awaited<ReturnType<typeof dumpRows>>;

async function look({ request, database }: OneProof, catalog: Catalog): Promise<{ structure: Structure; rows: Rows }> {
  return {
    structure: await structureOf(database, request.ledger.name),
    rows: await database.pinned(async (session) => await dumpRows(session, catalog)),
  };
}

async function goUp(one: OneProof): Promise<readonly Step[]> {
  const { revision } = one;
  try {
    return await takeSteps('up', one);
  } catch (error) {
    throw runFailed(revision, 'up', error);
  }
}

/** Undefined where there is no way down: nothing was done. */
async function goDown(one: OneProof): Promise<readonly Step[] | undefined> {
  try {
    return await takeSteps('down', one);
  } catch (error) {
    if (RowhouseError.has(error, 'REVISION_IRREVERSIBLE')) return undefined;
    throw runFailed(one.revision, 'down', error);
  }
}

interface Expected {
  readonly structure: Structure;
  readonly by: RevisionProof['comparedWith'];
}

/** SQL by hand and what leads from one state to another leave things that no catalog knows: there the revisions make them. */
async function madeFromNothing({ request, before, revision }: OneProof): Promise<Expected> {
  const revisions = [...before, revision];
  const isWhole = !revisions.some(({ up }) => up.some(({ kind }) => kind === 'raw-sql' || leavesTraces(kind)));
  await using fresh = await makeScratch(request.place);
  await fresh.database.pinned(async (session) => {
    if (isWhole) await makeCatalog(session, foldRevisions(revisions));
    else await makeRevisions(session, revisions, request.signal);
  });
  return { structure: await structureOf(fresh.database, request.ledger.name), by: isWhole ? 'catalog' : 'revisions' };
}

function leavesTraces(kind: LoadedRevision['up'][number]['kind']): boolean {
  return kind === 'keep-in-step' || kind === 'alias-table';
}

async function compare(one: OneProof, direction: string, expected: Structure): Promise<void> {
  const { request, database, revision } = one;
  const differences = structureDifferences(expected, await structureOf(database, request.ledger.name));
  if (differences.length > 0) throw proofFailed(revision, direction, differences);
}

async function compareRows({ database, revision }: OneProof, before: Rows, catalog: Catalog): Promise<void> {
  const after = await database.pinned(async (session) => await dumpRows(session, catalog));
  const differences = rowDifferences(before, after, findLosses(revision.up, catalog));
  if (differences.length > 0) throw proofFailed(revision, 'down', differences);
}

function proven(
  direction: 'up' | 'down',
  { sql, ms }: Step,
  effects: RevisionProof['statements'][number]['effects'],
): RevisionProof['statements'][number] {
  const [, algorithm] = /\balgorithm\s*=\s*(\w+)/i.exec(sql) ?? [];
  return {
    direction,
    sql,
    ms,
    ...(algorithm === undefined ? {} : { algorithm: algorithm.toLowerCase() }),
    ...(effects === undefined ? {} : { effects }),
  };
}

function namesOf({ tables, columns, anything }: Losses): readonly string[] {
  return [...tables, ...columns, ...(anything ? ['whatever SQL by hand writes'] : [])];
}
