import type { Transition } from '../../../catalog/change/transition.ts';
import type { Catalog } from '../../../catalog/model/catalog.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import type { DefinitionServer } from './server.ts';
import { compileAlias } from './transition/alias.ts';
import { compileBackfill } from './transition/backfill.ts';
import { compileInStep } from './transition/in-step.ts';
import { parkColumn, parkTable } from './transition/park.ts';
import { restoreColumn, restoreTable } from './transition/restore.ts';

/** What printing a transition needs to know: the catalog before it and the server it is for. */
export interface PostgresTransitionContext {
  readonly before: Catalog;
  readonly server: DefinitionServer;
}

/** A transition as PostgreSQL's SQL. */
export function compileTransition(
  change: Transition,
  context: PostgresTransitionContext,
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
