import type { ValueKind } from '../../config/value-kind.ts';
import { displayName } from '../../catalog/model/object-name.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { listParked, type ParkedListing } from '../../migration/parking/list-parked.ts';
import { parkedKey } from '../../migration/parking/parked-objects.ts';
import { olderThan, purgeParked } from '../../migration/parking/purge-parked.ts';
import type { MigrationContext } from '../../migration/run/migration-context.ts';
import { withMigrationLock } from '../../migration/run/with-migration-lock.ts';
import { command, projectOptions, type AnyCommand } from '../command.ts';
import { forEachService, type ServiceOutcome } from '../for-each-service.ts';
import { openMigration } from '../open-migration.ts';
import { renderTable } from '../render/table.ts';

const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `30d`, `12h`, `5m`. */
const age: ValueKind<number> = {
  words: 'a time like 30d, 12h or 5m',
  parse: (text) => {
    const [, count, unit = ''] = /^(\d{1,6})([dhm])$/.exec(text) ?? [];
    return unit === 'd' || unit === 'h' || unit === 'm' ? Number(count) * unitMs[unit] : undefined;
  },
  show: (milliseconds) => `${milliseconds / unitMs.m}m`,
};

export const parked: AnyCommand = command({
  name: 'parked',
  summary: 'list the tables and columns that revisions have parked',
  details:
    'What a revision drops is kept aside, so that `rowhouse down` brings it back with its rows. --purge removes it for good; taken back after that, it comes back empty. `rowhouse up --phase contract` purges too. Rows and sizes are what the server estimates.',
  options: {
    ...projectOptions,
    olderThan: { kind: 'number', value: 'AGE', of: age, summary: 'only what was parked longer ago: 30d, 12h, 5m' },
    purge: { kind: 'flag', summary: 'remove it, with its rows' },
    dryRun: { kind: 'flag', summary: 'with --purge: say what would be removed, and remove nothing' },
  },
  examples: ['rowhouse parked', 'rowhouse parked --older-than 30d --purge'],
  async run(context) {
    const { olderThan: olderThanMs = 0, purge, dryRun } = context.options;
    if (dryRun && !purge) {
      throw new RowhouseError('USAGE', '--dry-run goes with --purge', {
        hint: 'write `rowhouse parked --purge --dry-run`',
      });
    }
    return await forEachService(context, async (service, database, loaded) => {
      const migration = await openMigration(loaded, service, database, context);
      if (purge && !dryRun) return purged(await removeParked(migration, olderThanMs));
      const found = await database.pinned(async (session) => await listParked(migration, session));
      const listed = olderThan(found, { olderThanMs });
      return listing(listed, dryRun ? 'would be purged' : '', context.output.width);
    });
  },
});

async function removeParked(migration: MigrationContext, olderThanMs: number): Promise<readonly ParkedListing[]> {
  return await withMigrationLock(migration, async (session, held) => await purgeParked(held, session, { olderThanMs }));
}

function purged(removed: readonly ParkedListing[]): ServiceOutcome {
  const lines = removed.map((object) => `purged ${parkedKey(object)}`);
  return { json: { purged: removed.map(toJson) }, lines: lines.length === 0 ? ['nothing to purge'] : lines };
}

function listing(found: readonly ParkedListing[], remark: string, width: number | undefined): ServiceOutcome {
  const header = ['parked', 'since', 'revision', 'rows', 'size', remark === '' ? '' : 'purge'];
  const rows = found.map((object) => [...cells(object), remark]);
  return {
    json: { parked: found.map(toJson) },
    lines: found.length === 0 ? ['nothing is parked'] : [renderTable(header, rows, width)],
  };
}

function cells({ rows, bytes, since, revision, ...object }: ParkedListing): readonly string[] {
  return [
    parkedKey(object),
    since.toISOString().slice(0, 16).replace('T', ' '),
    revision,
    rows === undefined ? '' : rows.toLocaleString('en'),
    bytes === undefined ? '' : sizeText(bytes),
  ];
}

function toJson({ table, column, revision, since, rows, bytes }: ParkedListing): unknown {
  const known = { table: displayName(table), column: column ?? null, revision, since: since.toISOString() };
  return { ...known, rows: rows ?? null, bytes: bytes ?? null };
}

/** `12 kB`, `3.4 GB`. */
function sizeText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const place = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const size = bytes / 1000 ** place;
  return `${size < 10 && place > 0 ? size.toFixed(1) : Math.round(size)} ${units[place]}`;
}
