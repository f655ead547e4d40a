import { createCatalog } from '../../catalog/change/create-catalog.ts';
import { emptyCatalog } from '../../catalog/model/catalog.ts';
import { isHeld } from '../../database/is-held.ts';
import type { PinnedSession } from '../../database/pinned-session.ts';
import type { Session } from '../../database/session.ts';
import { createRepository } from '../../repository/create-repository.ts';
import { catalogOf } from '../../schema/schema.ts';
import type { LedgerEntry } from '../ledger/ledger.ts';
import type { PlanRun } from '../run/migration-context.ts';
import { backfills, backfillTableName } from './backfill-table.ts';
import { keyFromJson, keyToJson, type RowKey } from './row-key.ts';

/** How far a backfill has come, as its last batch wrote it. */
export interface SavedProgress {
  /** Undefined: no row was passed yet. */
  readonly lastKey: RowKey | undefined;
  readonly rowsDone: bigint;
}

/** Where one backfill keeps how far it has come: written by each batch in its own transaction. */
export class SavedBackfill {
  readonly #id: { revision: string; checksum: string; direction: string; position: number };

  constructor({ plan: { revision, direction } }: PlanRun, position: number) {
    this.#id = { revision: revision.id, checksum: revision.checksum, direction, position };
  }

  /** Makes the table of backfills where it is missing. The run that calls holds the lock of its ledger. */
  async ensureTable({ session }: PlanRun): Promise<void> {
    if (await hasTable(session)) return;
    for (const change of createCatalog(catalogOf({ backfills })))
      for (const { sql } of session.dialect.definition.compile(change, emptyCatalog)) await session.run({ sql }, []);
  }

  async read(session: Session): Promise<SavedProgress> {
    const found = await createRepository(backfills, session).findBy(this.#id);
    return found === undefined
      ? { lastKey: undefined, rowsDone: 0n }
      : { lastKey: keyFromJson(found.lastKey), rowsDone: found.rowsDone };
  }

  /** Writes how far it has come; the first batch makes the row. */
  async write(session: Session, lastKey: RowKey, rowsDone: bigint): Promise<void> {
    const rows = createRepository(backfills, session);
    const progress = { lastKey: keyToJson(lastKey), rowsDone };
    if ((await rows.updateWhere(this.#id, progress)) === 0) await rows.insert({ ...this.#id, ...progress });
  }

  /** The next run of the revision begins with the first row. What an edited revision has left goes too. */
  async forget(session: Session): Promise<void> {
    const { checksum: _, ...every } = this.#id;
    await createRepository(backfills, session).deleteWhere(every);
  }
}

/** How many rows the backfill of a run that was cut short has filled in; undefined when it has none under way. */
export async function rowsFilled(session: PinnedSession, run: LedgerEntry): Promise<bigint | undefined> {
  if (!(await hasTable(session))) return undefined;
  const { revision, checksum, direction, statementsDone: position } = run;
  const found = await createRepository(backfills, session).findBy({ revision, checksum, direction, position });
  return found?.rowsDone;
}

async function hasTable({ dialect, connection }: PinnedSession): Promise<boolean> {
  const probe = { question: 'exists', object: { kind: 'table', name: backfillTableName } } as const;
  return await isHeld(dialect, connection, probe);
}
