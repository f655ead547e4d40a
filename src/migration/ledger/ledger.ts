import { createCatalog } from '../../catalog/change/create-catalog.ts';
import { emptyCatalog } from '../../catalog/model/catalog.ts';
import { isHeld } from '../../database/is-held.ts';
import type { Session } from '../../database/session.ts';
import type { Connection } from '../../driver/connection.ts';
import type { ErrorCode } from '../../errors/codes.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { createRepository } from '../../repository/create-repository.ts';
import { catalogOf } from '../../schema/schema.ts';
import { ensureClientTable } from '../client/ensure-client-table.ts';
import type { RevisionPlan } from '../plan/revision-plan.ts';
import { runText } from '../plan/run-text.ts';
import type { LoadedRevision } from '../revision/revision.ts';
import { ledgerTable, type LedgerTable } from './ledger-table.ts';

export type LedgerEntry = LedgerTable['$row'];

/** Whose history a ledger row belongs to. */
export interface LedgerOwner {
  readonly project: string;
  readonly service: string;
  /** Who runs the tool, e.g. `deploy@build-7`. */
  readonly actor: string;
  readonly toolVersion: string;
}

/** What ended a try: the statement, counted from 1, and the code of its error. */
export interface RunFailure {
  readonly failedStatement: number;
  readonly errorCode: ErrorCode;
}

/** A session and the one connection it runs on: a pinned session with its own, or a transaction with the pinned one's. */
export interface LedgerLine {
  readonly session: Session;
  readonly connection: Connection;
}

/** The history of one service in one database. Reading never creates or changes anything. */
export class Ledger {
  private readonly table: LedgerTable;
  private readonly owner: LedgerOwner;
  readonly name: string;
  /** The service whose history it is. */
  readonly service: string;

  constructor(name: string, owner: LedgerOwner) {
    this.name = name;
    this.service = owner.service;
    this.table = ledgerTable(name);
    this.owner = owner;
  }

  async exists({ session, connection }: LedgerLine): Promise<boolean> {
    return await isHeld(session.dialect, connection, {
      question: 'exists',
      object: { kind: 'table', name: this.name },
    });
  }

  /** Makes the ledger's table if it is not there, and that of clients with it. Call only where nobody else can at the same time. */
  async ensure(line: LedgerLine): Promise<void> {
    if (await this.exists(line)) return;
    const { session } = line;
    for (const change of createCatalog(catalogOf({ ledger: this.table }))) {
      for (const { sql } of session.dialect.definition.compile(change, emptyCatalog)) await session.run({ sql }, []);
    }
    await ensureClientTable(session, line.connection);
  }

  /** This service's rows, oldest first; none without a ledger. `LEDGER_FOREIGN` when another project has written in it. */
  async read(line: LedgerLine): Promise<readonly LedgerEntry[]> {
    if (!(await this.exists(line))) return [];
    const { project, service } = this.owner;
    const rows = this.rows(line.session);
    const foreign = await rows.findBy({ project: { ne: project } });
    if (foreign === undefined) return await rows.list({ where: { service }, order: ['entry'] });
    throw new RowhouseError(
      'LEDGER_FOREIGN',
      `this database belongs to project ${foreign.project}, not to ${project}`,
      {
        details: { ledger: this.name, service: foreign.service, project: foreign.project },
        hint: 'check the database URL; if the project was renamed, give defineProject its old name; projects that share a database need ledgers of different names',
      },
    );
  }

  /** Opens a row before its statements run. */
  async start(session: Session, plan: RevisionPlan): Promise<LedgerEntry> {
    return await this.add(
      session,
      plan.revision,
      plan.direction,
      'running',
      JSON.stringify(plan.statements.map(runText)),
    );
  }

  /** Says that the rest of a run that was cut short is run as another text: the server may agree to something else by now. */
  async rewrite(session: Session, entry: LedgerEntry, texts: readonly string[]): Promise<void> {
    const plan = JSON.stringify(texts);
    if (plan !== entry.plan) await this.rows(session).update(entry.entry, { plan });
  }

  async progress(session: Session, entry: LedgerEntry, statementsDone: number): Promise<void> {
    await this.rows(session).update(entry.entry, { statementsDone });
  }

  /** Says what became of a run that did not finish, and why. */
  async stop(session: Session, entry: LedgerEntry, state: 'stopped' | 'abandoned', why?: RunFailure): Promise<void> {
    await this.rows(session).update(entry.entry, { state, ...why, finishedAt: new Date() });
  }

  /** Says what ended the last try of a run of which nobody knows how far it came. */
  async blame(session: Session, entry: LedgerEntry, why: RunFailure): Promise<void> {
    await this.rows(session).update(entry.entry, { ...why });
  }

  /** Says that a run that was stopped goes on. */
  async goOn(session: Session, entry: LedgerEntry): Promise<void> {
    await this.rows(session).update(entry.entry, {
      state: 'running',
      failedStatement: null,
      errorCode: null,
      finishedAt: null,
    });
  }

  async finish(session: Session, entry: LedgerEntry, statementsDone: number): Promise<void> {
    await this.rows(session).update(entry.entry, {
      state: 'done',
      statementsDone,
      failedStatement: null,
      errorCode: null,
      finishedAt: new Date(),
    });
  }

  /** Records a revision as applied, or no longer applied, without running it. */
  async stamp(session: Session, revision: LoadedRevision, direction: 'stamp' | 'unstamp'): Promise<LedgerEntry> {
    return await this.add(session, revision, direction, 'done', '[]');
  }

  async setFingerprint(session: Session, entry: LedgerEntry, fingerprint: string): Promise<void> {
    await this.rows(session).update(entry.entry, { fingerprint });
  }

  private async add(
    session: Session,
    revision: LoadedRevision,
    direction: LedgerEntry['direction'],
    state: LedgerEntry['state'],
    plan: string,
  ): Promise<LedgerEntry> {
    const { id, checksum } = revision;
    const finishedAt = state === 'done' ? new Date() : null;
    return await this.rows(session).insert({
      ...this.owner,
      revision: id,
      checksum,
      direction,
      state,
      plan,
      statementsDone: 0,
      finishedAt,
    });
  }

  private rows(
    session: Session,
  ): ReturnType<typeof createRepository<LedgerEntry, LedgerTable['$insert'], LedgerTable['$patch']>> {
    return createRepository(this.table, session);
  }
}
