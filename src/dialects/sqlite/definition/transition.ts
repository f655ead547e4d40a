import type { Transition } from '../../../catalog/change/transition.ts';
import type { Catalog } from '../../../catalog/model/catalog.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import type { SqliteVersion } from '../sqlite-version.ts';
import { compileAlias } from './transition/alias.ts';
import { compileBackfill } from './transition/backfill.ts';
import { compileInStep } from './transition/in-step.ts';
import { parkColumn, parkTable } from './transition/park.ts';
import { restoreColumn, restoreTable } from './transition/restore.ts';

/** What printing a transition needs to know: the catalog before it and what the engine can do. */
export interface SqliteTransitionContext {
  readonly before: Catalog;
  readonly version: SqliteVersion;
}

/** A transition as SQLite's SQL. */
export function compileTransition(
  change: Transition,
  context: SqliteTransitionContext,
): readonly DefinitionStatement[] {
  switch (change.kind) {
    case 'park-column':
      return parkColumn(change, context);
    case 'park-table':
      return parkTable(change, context);
    case 'restore-column':
      return restoreColumn(change, context);
    case 'restore-table':
      return restoreTable(change, context);
    case 'keep-in-step':
    case 'stop-in-step':
      return compileInStep(change, context);
    case 'alias-table':
    case 'drop-alias':
      return compileAlias(change, context);
    case 'backfill':
      return [compileBackfill(change, context)];
    case 'keep-values':
      return [];
  }
}
