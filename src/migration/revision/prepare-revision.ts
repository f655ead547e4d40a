import { diffCatalogs, unclearRenames } from '../../catalog/diff/diff-catalogs.ts';
import type { PossibleRename } from '../../catalog/diff/possible-renames.ts';
import { noDecisions, type Rename, type RenameDecisions } from '../../catalog/diff/rename.ts';
import { withinScope, type Scope } from '../../catalog/diff/scope.ts';
import type { Change } from '../../catalog/change/change.ts';
import type { Catalog } from '../../catalog/model/catalog.ts';
import { markParkings } from '../parking/mark-parkings.ts';
import { parkDrops } from '../parking/park-drops.ts';
import { splitPhases } from '../phase/split-phases.ts';
import { foldRevisions } from '../plan/revision-plan.ts';
import type { MigrationContext } from '../run/migration-context.ts';
import { upgrade } from '../run/upgrade.ts';
import { loadRevisions } from './load-revisions.ts';
import type { NewRevision } from './write-revision.ts';

/** Answers a question: the rename that it was, or that the old one is to go. */
export type AskRename = (question: PossibleRename) => Promise<Rename | 'drop'>;

/** What a revision is compared with, and how. */
export interface Autogenerate {
  /** What is wanted. */
  readonly catalog: Catalog;
  readonly decisions?: RenameDecisions | undefined;
  readonly scope?: Scope | undefined;
  /** Absent: what is unclear is refused. */
  readonly ask?: AskRename | undefined;
  /** True: what goes is dropped at once. Otherwise it is parked, so that a downgrade brings its rows back. */
  readonly drop?: boolean | undefined;
}

export interface RevisionRequest {
  readonly message: string;
  /** The directory of the revisions. */
  readonly migrations: string;
  /** Absent: an empty revision, for changes written by hand. */
  readonly autogenerate?: Autogenerate | undefined;
  /** Divides the difference into what is made before new code runs and what is made after old code has ended. */
  readonly phased?: boolean | undefined;
  /** Brings this database to the head first, and fails where that fails. */
  readonly ensureHead?: MigrationContext | undefined;
  /** When it was made. */
  readonly at: Date;
  /** File name without ending; see `revisions.template` of a project. */
  readonly template?: string | undefined;
}

/** A revision that is not written yet, with what the revisions before it make. */
export interface PreparedRevision extends NewRevision {
  /** Where it belongs. */
  readonly directory: string;
  readonly before: Catalog;
  /** What waits until old code has ended: a revision of its own, after this one. */
  readonly contract?: readonly Change[];
}

/** Works out a revision; undefined when it would hold the difference and there is none. */
export async function prepareRevision(request: RevisionRequest): Promise<PreparedRevision | undefined> {
  const { message, migrations, autogenerate, ensureHead, at, template } = request;
  if (ensureHead !== undefined) await upgrade(ensureHead);
  const graph = await loadRevisions(migrations);
  const head = graph.head();
  const parents = head === undefined ? [] : [head.id];
  const before = foldRevisions(graph.ordered);
  const up = autogenerate === undefined ? [] : await difference(before, autogenerate);
  if (autogenerate !== undefined && up.length === 0) return undefined;
  const { expand, contract } = request.phased === true ? splitPhases(up, before) : { expand: up, contract: [] };
  return {
    directory: migrations,
    message,
    parents,
    up: markParkings(expand, { parents, message }),
    at,
    template,
    count: graph.ordered.length,
    before,
    ...(contract.length === 0
      ? {}
      : { phase: 'expand' as const, contract: markParkings(contract, { parents, message }) }),
  };
}

async function difference(
  from: Catalog,
  { catalog, decisions = noDecisions, scope = {}, ask, drop = false }: Autogenerate,
): Promise<NewRevision['up']> {
  const to = withinScope(from, catalog, scope, decisions.renames);
  const decided = ask === undefined ? decisions : await decide(from, to, decisions, ask);
  const changes = diffCatalogs(from, to, decided);
  return drop ? changes : parkDrops(changes, from);
}

/** Asks one question after another: an answer about a table may raise or settle those about its columns. */
async function decide(
  from: Catalog,
  to: Catalog,
  decisions: RenameDecisions,
  ask: AskRename,
): Promise<RenameDecisions> {
  const [question] = unclearRenames(from, to, decisions);
  if (question === undefined) return decisions;
  const answer = await ask(question);
  const { renames, drops } = decisions;
  const next =
    answer === 'drop' ? { renames, drops: [...drops, question.gone] } : { renames: [...renames, answer], drops };
  return await decide(from, to, next, ask);
}
