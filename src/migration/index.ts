/** Revisions and what runs them. */
export type { Change, RawSql } from '../catalog/change/change.ts';
export type { LoadedRevision, Revision } from './revision/revision.ts';
export { makeRevision } from './revision/make-revision.ts';
export type { Autogenerate, AskRename, RevisionRequest } from './revision/prepare-revision.ts';
export { catalogOf } from '../schema/schema.ts';
export { loadRevisions } from './revision/load-revisions.ts';
export { Ledger } from './ledger/ledger.ts';
export type { LedgerOwner } from './ledger/ledger.ts';
export type { MigrationContext, MigrationProgress, MigrationReport } from './run/migration-context.ts';
export { downgrade, upgrade } from './run/upgrade.ts';
export { previewDowngrade, previewUpgrade } from './run/preview.ts';
export type { MigrationPreview, PreviewOptions } from './run/preview.ts';
export { stamp } from './run/stamp.ts';
export { migrationStatus } from './run/status.ts';
export type { MigrationStatus } from './run/status.ts';
export { unfinishedRun } from './run/unfinished-run.ts';
export type { UnfinishedRun } from './run/unfinished-run.ts';
