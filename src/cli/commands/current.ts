import { ExitCode } from '../../errors/codes.ts';
import type { LedgerEntry } from '../../migration/ledger/ledger.ts';
import { migrationStatus, type MigrationStatus } from '../../migration/run/status.ts';
import { unfinishedRun } from '../../migration/run/unfinished-run.ts';
import { command, projectOptions, type AnyCommand } from '../command.ts';
import { forEachService } from '../for-each-service.ts';
import { openMigration } from '../open-migration.ts';
import { renderWaiting } from '../render/migration.ts';
import { renderUnfinished } from '../render/unfinished.ts';

export const current: AnyCommand = command({
  name: 'current',
  summary: 'show which revision the database has',
  details:
    'Only reads. Exit code 3 when the database and the revision files do not agree: it is ahead, a file was edited, or a run was cut short.',
  options: projectOptions,
  examples: ['rowhouse current', 'rowhouse current --env staging --json'],
  async run(context) {
    return await forEachService(context, async (service, database, loaded) => {
      const status = await migrationStatus(await openMigration(loaded, service, database, context));
      const agrees = status.unknown.length === 0 && status.edited.length === 0 && status.unfinished === undefined;
      return { json: toJson(status), lines: toLines(status), exitCode: agrees ? ExitCode.ok : ExitCode.difference };
    });
  },
});

function toLines({
  current: at,
  pending,
  unknown,
  edited,
  unfinished,
  rowsFilled,
}: MigrationStatus): readonly string[] {
  return [
    `at ${at.length === 0 ? 'base' : at.join(', ')}, ${pending.length === 0 ? 'nothing pending' : `${pending.length} pending`}`,
    ...(waitsForContract(pending) ? [renderWaiting(pending)] : []),
    ...unknown.map((id) => `the database has ${id}, which this code does not`),
    ...edited.map((id) => `${id} was changed after it was applied`),
    ...(unfinished === undefined ? [] : renderUnfinished(unfinishedRun(unfinished), rowsFilled)),
  ];
}

/** The next revision may only be made once old code has ended. */
function waitsForContract([next]: MigrationStatus['pending']): boolean {
  return next?.phase === 'contract';
}

function toJson({ current: at, applied, pending, unknown, edited, unfinished, rowsFilled }: MigrationStatus): unknown {
  return {
    current: at,
    applied: applied.map(({ revision }) => revision),
    pending: pending.map(({ id }) => id),
    phase: waitsForContract(pending) ? 'contract' : null,
    unknown,
    edited,
    unfinished: unfinished === undefined ? null : unfinishedJson(unfinished, rowsFilled),
  };
}

function unfinishedJson(entry: LedgerEntry, rowsFilled: bigint | undefined): unknown {
  const { ran, next = null, failed = null, ...run } = unfinishedRun(entry);
  const filled = rowsFilled === undefined ? {} : { rowsFilled: Number(rowsFilled) };
  return { ...run, statementsDone: ran.length, ran, next, failed, ...filled };
}
