import { applyChange, applyChanges } from '../../catalog/change/apply.ts';
import { CatalogDraft } from '../../catalog/change/catalog-draft.ts';
import type { Change } from '../../catalog/change/change.ts';
import { inlineForeignKeys } from '../../catalog/change/inline-foreign-keys.ts';
import { invertChanges } from '../../catalog/change/invert.ts';
import { emptyCatalog, type Catalog } from '../../catalog/model/catalog.ts';
import type { CompileOptions, DefinitionStatement } from '../../dialect/definition.ts';
import type { Dialect } from '../../dialect/dialect.ts';
import type { Safety } from '../../dialect/structure/rules.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { inSegments } from '../script/segments.ts';
import { splitStatements } from '../script/split-statements.ts';
import { inRevision } from '../revision/in-revision.ts';
import type { LoadedRevision } from '../revision/revision.ts';
import { safetyOf } from './safety-of.ts';

/** What running one revision in one direction means on one engine. */
export interface RevisionPlan {
  readonly revision: LoadedRevision;
  readonly direction: 'up' | 'down';
  /** What it does, in this direction. */
  readonly changes: readonly Change[];
  readonly statements: readonly DefinitionStatement[];
  /** All of it, and its ledger entry, can be one transaction. */
  readonly transactional: boolean;
}

/** The catalog after these revisions, in order: no database is asked. */
export function foldRevisions(revisions: readonly LoadedRevision[]): Catalog {
  const draft = new CatalogDraft(emptyCatalog);
  for (const revision of revisions) applyTo(draft, revision);
  return draft.catalog();
}

function applyTo(draft: CatalogDraft, revision: LoadedRevision): void {
  try {
    for (const change of revision.up) draft.apply(change);
  } catch (error) {
    throw planError(error, revision);
  }
}

export function applyRevision(revision: LoadedRevision, catalog: Catalog): Catalog {
  try {
    return applyChanges(revision.up, catalog);
  } catch (error) {
    throw planError(error, revision);
  }
}

/** The plan that applies a revision to `before`. */
export function planUp(revision: LoadedRevision, before: Catalog, dialect: Dialect): RevisionPlan {
  return makePlan(revision, 'up', revision.up, before, dialect);
}

/** The plan that takes a revision back; `before` is the catalog without it. */
export function planDown(revision: LoadedRevision, before: Catalog, dialect: Dialect): RevisionPlan {
  const after = applyRevision(revision, before);
  const changes = revision.down ?? derivedDown(revision, before);
  return makePlan(revision, 'down', changes, after, dialect);
}

function derivedDown(revision: LoadedRevision, before: Catalog): readonly Change[] {
  try {
    return invertChanges(revision.up, before);
  } catch (error) {
    throw planError(error, revision);
  }
}

/** A change of a plan with the statements that it becomes. */
export interface PlannedChange {
  readonly change: Change;
  readonly safe: Safety;
  readonly statements: readonly DefinitionStatement[];
}

/** The changes that a plan makes of those of the revision, each with its statements. */
export function planChanges(
  revision: LoadedRevision,
  changes: readonly Change[],
  start: Catalog,
  dialect: Dialect,
): readonly PlannedChange[] {
  let catalog = start;
  try {
    const ordered = dialect.definition.inlineForeignKeys === true ? withoutLooseForeignKeys(changes) : changes;
    return ordered.map((change, position) => {
      const [earlier, later] = [ordered.slice(0, position), ordered.slice(position + 1)];
      const safe = safetyOf(change, changes);
      const statements = compileChange(change, catalog, dialect, { safe, earlier, next: later[0], later });
      catalog = applyChange(change, catalog);
      return { change, safe, statements };
    });
  } catch (error) {
    throw planError(error, revision);
  }
}

function makePlan(
  revision: LoadedRevision,
  direction: RevisionPlan['direction'],
  changes: readonly Change[],
  start: Catalog,
  dialect: Dialect,
): RevisionPlan {
  const statements = planChanges(revision, changes, start, dialect).flatMap((planned) => planned.statements);
  const transactional =
    dialect.traits.transactionalDefinitions &&
    statements.every((statement) => statement.transactional) &&
    inSegments(statements, dialect).length <= 1;
  return { revision, direction, changes, statements, transactional };
}

/** Where a definition ends the transaction, SQL by hand runs statement by statement, so that each is counted. */
function compileChange(
  change: Change,
  before: Catalog,
  { definition, traits, text }: Dialect,
  options: CompileOptions,
): readonly DefinitionStatement[] {
  const compiled = definition.compile(change, before, options);
  if (change.kind !== 'raw-sql' || traits.transactionalDefinitions) return compiled;
  return compiled.flatMap((statement) => {
    const parts = splitStatements(statement.sql, text.script);
    return parts.length < 2
      ? [statement]
      : parts.flatMap((sql) => definition.compile({ ...change, up: { any: sql } }, before));
  });
}

/**
 * Where foreign keys are part of `create table`, those of tables made here move into it, and those of tables dropped
 * here go with their table.
 */
function withoutLooseForeignKeys(changes: readonly Change[]): readonly Change[] {
  const droppedTables = new Set(
    changes.flatMap((change) => (change.kind === 'drop-table' ? [JSON.stringify(nameOf(change.table))] : [])),
  );
  return inlineForeignKeys(changes).filter(
    (change) => change.kind !== 'drop-foreign-key' || !droppedTables.has(JSON.stringify(nameOf(change.table))),
  );
}

function nameOf({ namespace, name }: { readonly namespace?: string; readonly name: string }): readonly unknown[] {
  return [namespace, name];
}

/** A revision file is written by hand as well: a member that a change must have may be missing. */
function planError(error: unknown, revision: LoadedRevision): unknown {
  if (!(error instanceof TypeError)) return inRevision(error, revision);
  return new RowhouseError(
    'REVISION_INVALID',
    `revision ${revision.id} (${revision.message}) has an incomplete change`,
    {
      details: { revision: revision.id, file: revision.file },
      hint: 'let the compiler check the file: its default export `satisfies Revision`',
      cause: error,
    },
  );
}
