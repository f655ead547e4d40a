import { userInfo } from 'node:os';
import type { ServiceDatabase } from '../connect/service-session.ts';
import { defaultLedgerName } from '../migration/ledger/ledger-table.ts';
import { Ledger } from '../migration/ledger/ledger.ts';
import { loadRevisions } from '../migration/revision/load-revisions.ts';
import type { MigrationContext } from '../migration/run/migration-context.ts';
import { makeScratch } from '../ops/compare/scratch-database.ts';
import type { CommandContext } from './command-context.ts';
import { settingsPlace } from './comparison-source.ts';
import type { LoadedProject, LoadedService } from './load-project.ts';
import { renderLockWait } from './render/lock-wait.ts';
import { renderFilling } from './render/filling.ts';
import { progressBar } from './render/progress.ts';
import { version } from './version.ts';

/** Everything the migration commands work on, for one service with its database open. */
export async function openMigration(
  loaded: LoadedProject,
  service: LoadedService,
  database: ServiceDatabase,
  { output, surroundings }: CommandContext<unknown>,
): Promise<MigrationContext> {
  const { migration } = service.settings();
  const show = progressBar(output);
  return {
    database,
    graph: await loadRevisions(service.migrationsDirectory),
    ledger: makeLedger({
      project: loaded.project.name,
      service: service.name,
      table: migration.ledgerTable ?? loaded.project.ledger?.table,
    }),
    signal: surroundings.signal,
    makeScratch: async () => await makeScratch(settingsPlace(service.name, service.settings(), surroundings.signal)),
    onProgress: (progress) => {
      const { revision, direction, statement, statements, stage, filled, says } = progress;
      if (stage === 'waits') output.say(renderLockWait(progress));
      else if (says !== undefined) output.say(says);
      else if (filled !== undefined) show(renderFilling(filled), filled.rowsDone, filled.rows);
      else show(`${direction} ${revision.id}`, stage === 'ran' ? statement + 1 : statement, statements);
    },
  };
}

/** The ledger of a service, written as the user who runs this. */
export function makeLedger({ project, service, table = defaultLedgerName }: LedgerPlace): Ledger {
  return new Ledger(table, { project, service, actor: userInfo().username, toolVersion: version });
}

interface LedgerPlace {
  readonly project: string;
  readonly service: string;
  readonly table?: string | undefined;
}
