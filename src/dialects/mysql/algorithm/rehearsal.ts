import type { Connection } from '../../../driver/connection.ts';
import { reported } from '../errors/reported.ts';
import type { Flavor } from '../flavor.ts';
import { readRows } from '../inspect/rows.ts';
import { mysqlText } from '../text.ts';
import { parseAlter, parseRenames, referred, renamed, renamedTo, type AlterText } from './alter-text.ts';
import { isRefusal, rungs, type Rung } from './rung.ts';
import { constraintName, foreignKeysOf, indexesOf, makeTwin, twinPrefix, type Twin } from './twin.ts';

/** What the server said about one statement. */
export interface Answer {
  /** The table as it is called before the plan; undefined when the plan makes it. */
  readonly source: string | undefined;
  /** Undefined: it could not be tried. */
  readonly rung: Rung | undefined;
  /** Why nothing gentler will do, in the server's words. */
  readonly reason?: string;
}

/**
 * Runs the statements of a plan in their order on empty twins of their tables: each finds its table as it will be by
 * then, and the server tells by which algorithm it alters it. Nothing of it stays.
 */
export class Rehearsal implements AsyncDisposable {
  readonly #connection: Connection;
  readonly #flavor: Flavor;
  readonly #twins = new Map<string, Twin>();
  /** What was done to tables that have no twin yet. */
  readonly #earlier = new Map<string, readonly AlterText[]>();
  /** What tables with another name by now are called in the database. */
  readonly #origins = new Map<string, string>();
  #count = 0;

  private constructor(connection: Connection, flavor: Flavor) {
    this.#connection = connection;
    this.#flavor = flavor;
  }

  static async begin(connection: Connection, flavor: Flavor): Promise<Rehearsal> {
    await connection.script('set @rowhouse_wait = @@session.lock_wait_timeout, session lock_wait_timeout = 5');
    const rehearsal = new Rehearsal(connection, flavor);
    await rehearsal.#clear();
    return rehearsal;
  }

  /** What the table of the statement is called before the plan; undefined: the plan makes it, or there is none. */
  async sourceOf(sql: string): Promise<string | undefined> {
    const text = parseAlter(sql);
    return text === undefined ? undefined : (await this.#twin(text.table))?.source;
  }

  /** The gentlest way that the server agrees to, without those that the real table is past. */
  async ask(sql: string, isPast: (source: string, rung: Rung) => Promise<boolean>): Promise<Answer> {
    const text = parseAlter(sql);
    const twin = text === undefined ? undefined : await this.#twin(text.table);
    if (text === undefined || twin === undefined) return { source: text?.table, rung: undefined };
    return await this.#climb(text, twin, isPast);
  }

  /** The same while the server makes foreign keys without a look at the rows. */
  async askUnchecked(sql: string, isPast: (source: string, rung: Rung) => Promise<boolean>): Promise<Answer> {
    await this.#connection.script(
      'set @rowhouse_checks = @@session.foreign_key_checks, session foreign_key_checks = 0',
    );
    try {
      return await this.ask(sql, isPast);
    } finally {
      if (!this.#connection.broken) await this.#connection.script('set session foreign_key_checks = @rowhouse_checks');
    }
  }

  async #climb(text: AlterText, twin: Twin, isPast: (source: string, rung: Rung) => Promise<boolean>): Promise<Answer> {
    const { source } = twin;
    let reason: string | undefined;
    for (const rung of rungs(this.#flavor)) {
      if (source !== undefined && (await isPast(source, rung))) continue;
      const refused = await this.#try(text, twin, rung);
      if (refused === undefined) return { source, rung, ...(reason === undefined ? {} : { reason }) };
      if (!isRefusal(refused)) break;
      reason = refused.message;
    }
    return { source, rung: undefined };
  }

  /** Lets those that come after it find what a statement does that is not asked about. */
  async follow(sql: string): Promise<void> {
    for (const [from, to] of parseRenames(sql)) this.#move(from, to);
    const text = parseAlter(sql);
    if (text === undefined) return;
    const twin = this.#twins.get(text.table);
    if (twin !== undefined) await this.#try(text, twin);
    else if (renamedTo(text.rest) !== undefined) this.#move(text.table, renamedTo(text.rest) ?? '');
    else this.#earlier.set(text.table, [...(this.#earlier.get(text.table) ?? []), text]);
  }

  /** A table has another name in the plan from here on. */
  #move(from: string, to: string): void {
    const [twin, earlier] = [this.#twins.get(from), this.#earlier.get(from) ?? []];
    this.#twins.delete(from);
    this.#earlier.delete(from);
    if (twin !== undefined) this.#twins.set(to, twin);
    this.#earlier.set(
      to,
      earlier.map((text) => ({ ...text, table: to })),
    );
    this.#origins.set(to, this.#origins.get(from) ?? from);
    this.#origins.delete(from);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#connection.broken) return;
    await this.#clear();
    await this.#connection.script('set session lock_wait_timeout = @rowhouse_wait');
  }

  async #twin(table: string): Promise<Twin | undefined> {
    const twin = await this.#bareTwin(table);
    if (twin?.source === undefined || twin.hasForeignKeys) return twin;
    for (const key of await foreignKeysOf(this.#connection, twin.source))
      await this.#try({ verb: 'alter', table, rest: `add ${key}` }, twin);
    return this.#set(table, { ...twin, hasForeignKeys: true });
  }

  /** Without foreign keys: else one twin would bring those of half the database. */
  async #bareTwin(table: string): Promise<Twin | undefined> {
    const present = this.#twins.get(table);
    if (present !== undefined) return present;
    this.#count += 1;
    const name = `${twinPrefix}${this.#count}`;
    const earlier = this.#earlier.get(table) ?? [];
    const made =
      earlier[0]?.verb === 'create'
        ? { name, source: undefined, ...nothing }
        : await this.#copy(this.#origins.get(table) ?? table, name);
    if (made === undefined) return undefined;
    this.#set(table, made);
    for (const text of earlier) await this.#try(text, this.#twins.get(table) ?? made);
    return this.#twins.get(table);
  }

  /** Undefined: there is no such table, or this user may not make one. */
  async #copy(table: string, name: string): Promise<Twin | undefined> {
    try {
      return await makeTwin(this.#connection, table, name);
    } catch (error) {
      if (reported(error).errno === lockNotGiven) throw error;
      return undefined;
    }
  }

  /** Undefined: the server did it. */
  async #try(text: AlterText, twin: Twin, rung?: Rung): Promise<ReturnType<typeof reported> | undefined> {
    const sql = await this.#onTwin(text, twin);
    try {
      await this.#connection.script(rung === undefined ? sql : `${sql}, ${rung.clause}`);
    } catch (error) {
      return reported(error);
    }
    const to = renamedTo(text.rest);
    if (to !== undefined) this.#twins.delete(text.table);
    this.#set(to ?? text.table, {
      ...twin,
      name: to === undefined ? twin.name : nextName(twin),
    });
    return undefined;
  }

  async #onTwin({ verb, rest }: AlterText, twin: Twin): Promise<string> {
    for (const parent of referred(rest)) await this.#bareTwin(parent);
    const indexes = /\bdrop index\b/.test(rest) ? await indexesOf(this.#connection, twin.name) : new Set<string>();
    const text = renamed(rest, {
      table: (name) => (name === renamedTo(rest) ? nextName(twin) : (this.#twins.get(name)?.name ?? name)),
      constraint: (name) => constraintName(twin, name),
      // The index that came with a foreign key has the name of the key, which is another one here.
      index: (name) => (indexes.has(name) ? name : constraintName(twin, name)),
    });
    return `${verb} table ${mysqlText.name(twin.name)} ${text}`;
  }

  #set(table: string, twin: Twin): Twin {
    this.#twins.set(table, twin);
    return twin;
  }

  /** Also what a killed run has left. */
  async #clear(): Promise<void> {
    const sql = `select table_name from information_schema.tables where table_schema = database() and left(table_name, ?) = ?`;
    const found = await readRows(this.#connection, sql, [twinPrefix.length, twinPrefix]);
    if (found.length === 0) return;
    const names = found.map(([name = '']) => mysqlText.name(name)).join(', ');
    await this.#connection.script(
      `set @rowhouse_checks = @@session.foreign_key_checks, session foreign_key_checks = 0; drop table if exists ${names}; set session foreign_key_checks = @rowhouse_checks`,
    );
  }
}

const nothing = { checks: new Map<string, string>(), hasForeignKeys: true } as const;

/** Somebody holds the table for themselves: it is there, and may be asked about later. */
const lockNotGiven = 1205;

function nextName({ name }: Twin): string {
  return `${name}_`;
}
