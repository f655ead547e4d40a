import type { Session } from '../../database/session.ts';
import { encodeKey } from '../key.ts';
import { refuseUnknownOptions } from '../refuse-unknown-options.ts';
import type { CoalescedReads, Key, ReadOptions } from '../repository.ts';
import { rowNotFound } from '../row-not-found.ts';
import type { TablePlan } from '../table-plan.ts';
import type { KeyReader } from './key-reader.ts';

type Row = Record<string, unknown>;

interface Asker {
  readonly key: Key;
  readonly resolve: (row: Row | undefined) => void;
  readonly reject: (reason: unknown) => void;
}

/** Puts the reads by key of one tick into one statement. */
export class Coalescer implements CoalescedReads<Row> {
  private readonly plan: TablePlan;
  private readonly reader: KeyReader;
  private readonly session: () => Session;
  /** What is asked in this tick: by session, living rows apart from all. */
  private readonly asked = { living: new Map<Session, Asker[]>(), all: new Map<Session, Asker[]>() };

  constructor(plan: TablePlan, reader: KeyReader, session: () => Session) {
    this.plan = plan;
    this.reader = reader;
    this.session = session;
  }

  async get(key: Key, options?: ReadOptions): Promise<Row> {
    const row = await this.find(key, options);
    if (row === undefined) throw rowNotFound(this.plan);
    return row;
  }

  async find(key: Key, options?: ReadOptions): Promise<Row | undefined> {
    refuseUnknownOptions(options, 'coalesced read', this.plan);
    const withDeleted = options?.withDeleted === true;
    // What is no key is its caller's error, and nobody else's.
    encodeKey(key, this.plan);
    const session = this.session();
    const bySession = withDeleted ? this.asked.all : this.asked.living;
    return await new Promise<Row | undefined>((resolve, reject) => {
      const askers = bySession.get(session);
      if (askers !== undefined) {
        askers.push({ key, resolve, reject });
        return;
      }
      bySession.set(session, [{ key, resolve, reject }]);
      // Behind the promises that are settled by now: what they go on to ask belongs to the same tick.
      void Promise.resolve().then(() => {
        process.nextTick(() => {
          const all = bySession.get(session) ?? [];
          bySession.delete(session);
          void this.answer(session, all, withDeleted);
        });
      });
    });
  }

  private async answer(session: Session, askers: readonly Asker[], withDeleted: boolean): Promise<void> {
    try {
      const keys = askers.map(({ key }) => key);
      const rows = await this.reader.findMany(session, keys, { withDeleted });
      const given = new Set<Row>();
      for (const [place, { resolve }] of askers.entries()) resolve(ownRow(rows[place], given));
    } catch (error) {
      for (const { reject } of askers) reject(error);
    }
  }
}

/** The row as an object that no other asker has. */
function ownRow(row: Row | undefined, given: Set<Row>): Row | undefined {
  if (row === undefined) return undefined;
  if (given.has(row)) return { ...row };
  given.add(row);
  return row;
}
