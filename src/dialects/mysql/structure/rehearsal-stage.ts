import type { DefinitionStatement } from '../../../dialect/definition.ts';
import type { Structure } from '../../../dialect/structure/fact.ts';
import type { Connection } from '../../../driver/connection.ts';
import { isRefusal } from '../algorithm/rung.ts';
import { reported, type Reported } from '../errors/reported.ts';
import { readRows } from '../inspect/rows.ts';
import { mysqlText } from '../text.ts';
import { isPlannedAlter } from './alter-clause.ts';
import { printCreateTable } from './print-table.ts';
import { sequenceRules } from './sequence-rules.ts';
import { tablesOf } from './table-facts.ts';
import type { TableShape } from './table-shape.ts';

/** What the server said to a statement: done, not in this way, or not at all. */
export type Attempt =
  | { readonly result: 'done' }
  | { readonly result: 'refused' | 'failed'; readonly reason: Reported };

/** Empty tables, called and made as those of another database, on which the statements of a plan are tried in order. */
export class RehearsalStage {
  readonly #scratch: Connection;
  /** Those that the server has made here. */
  readonly #tables = new Set<string>();
  /** Those that began with an index of words. */
  readonly #numbered = new Set<string>();
  /** Tables that foreign keys of the plan lead to. */
  readonly #referred: ReadonlySet<string>;

  private constructor(scratch: Connection, referred: ReadonlySet<string>) {
    this.#scratch = scratch;
    this.#referred = referred;
  }

  /** Makes the tables that the plan alters, and those that foreign keys tie to them, in an empty scratch database. */
  static async set(
    scratch: Connection,
    from: Structure,
    statements: readonly DefinitionStatement[],
  ): Promise<RehearsalStage> {
    const tables = [...tablesOf(from).values()];
    const altered = new Set(statements.filter(isPlannedAlter).map(({ alter }) => alter.table));
    const referred = new Set(statements.filter(isPlannedAlter).flatMap(({ sql }) => referredTables(sql)));
    const needed = tied(tables, new Set([...altered, ...referred])).filter(keepsItsOwnRows);
    const stage = new RehearsalStage(scratch, referred);
    await scratch.script(lenient);
    for (const fact of from.facts.values()) {
      if (fact.kind !== 'sequence') continue;
      for (const { sql } of sequenceRules.create(fact, { from, to: from, safe: 'plain', partsOf: () => [] }))
        await stage.#run(sql);
    }
    for (const table of needed) {
      const failure = await stage.#run(printCreateTable(standIn(table)));
      if (failure === undefined) stage.#tables.add(table.name);
      if (table.indexes.some(({ method }) => method === 'FULLTEXT KEY')) stage.#numbered.add(table.name);
    }
    await scratch.script(asUsual);
    return stage;
  }

  /** Is the table here, as it is by now? */
  has(table: string): boolean {
    return this.#tables.has(table);
  }

  async try(sql: string): Promise<Attempt> {
    const reason = await this.#run(sql);
    if (reason === undefined) return { result: 'done' };
    return { result: isRefusal(reason) ? 'refused' : 'failed', reason };
  }

  /** Lets those that come after it find what a statement does that is not asked about. */
  async follow(sql: string): Promise<void> {
    const [, verb, name = ''] = /^(create|drop|alter) (?:table|sequence) `((?:[^`]|``)+)`/i.exec(sql) ?? [];
    const table = name.replaceAll('``', '`');
    const isNew = verb?.toLowerCase() === 'create' && (/^create sequence/i.test(sql) || this.#referred.has(table));
    if (isElsewhere(sql) || !(isNew || this.#tables.has(table) || /^\w+ sequence/i.test(sql))) return;
    await this.#leniently(sql);
  }

  /** The table as the server shows it. */
  async show(table: string): Promise<string> {
    const [row] = await readRows(this.#scratch, `show create table ${mysqlText.name(table)}`);
    return row?.[1] ?? '';
  }

  /** Puts a table back into a state that it was in. */
  async restore(table: string, shown: string): Promise<void> {
    const hidden = this.#numbered.has(table) ? numberingRows(table, shown) : [];
    await this.#leniently(`drop table if exists ${mysqlText.name(table)}`, shown, ...hidden);
  }

  /** Tables that refer to each other, and what older servers took, must be made too. */
  async #leniently(...statements: readonly string[]): Promise<void> {
    await this.#scratch.script(lenient);
    for (const sql of statements) await this.#run(sql);
    await this.#scratch.script(asUsual);
  }

  async #run(sql: string): Promise<Reported | undefined> {
    try {
      await this.#scratch.script(sql);
      return undefined;
    } catch (error) {
      if (this.#scratch.broken) throw error;
      return reported(error);
    }
  }
}

/** Does a foreign key in it lead to another database? That one is not to be touched. */
function isElsewhere(sql: string): boolean {
  return /\breferences `(?:[^`]|``)+`\./i.test(sql);
}

const lenient = "set @rowhouse_sql_mode = @@session.sql_mode, session foreign_key_checks = 0, session sql_mode = ''";
const asUsual = 'set session foreign_key_checks = 1, session sql_mode = @rowhouse_sql_mode';

/** The tables of these names, and those that a foreign key leads to from them or from which one leads to them. */
function tied(tables: readonly TableShape[], names: ReadonlySet<string>): readonly TableShape[] {
  const parents = tables.filter(({ name }) => names.has(name)).flatMap(({ foreignKeys }) => foreignKeys);
  const near = new Set([...names, ...parents.filter(({ database }) => database === '').map(({ table }) => table)]);
  return tables.filter(
    ({ name, foreignKeys }) =>
      near.has(name) || foreignKeys.some(({ database, table }) => database === '' && names.has(table)),
  );
}

/** A second table of another engine could lead to the same rows. */
function keepsItsOwnRows({ frame }: TableShape): boolean {
  return /^ENGINE=(?:InnoDB|MyISAM|Aria|MEMORY|CSV|ARCHIVE|ROCKSDB)$/i.test(frame.options['ENGINE'] ?? '');
}

/** The table without what would reach out of the scratch database. */
function standIn(table: TableShape): TableShape {
  const { 'DATA DIRECTORY': _data, 'INDEX DIRECTORY': _index, TABLESPACE: _space, ...options } = table.frame.options;
  return {
    ...table,
    foreignKeys: table.foreignKeys.filter(({ database }) => database === ''),
    frame: { ...table.frame, options },
  };
}

/**
 * A table numbers its rows out of sight for an index of words, and goes on when the last such index is dropped; its text
 * does not say so.
 */
function numberingRows(table: string, shown: string): readonly string[] {
  const column = /^ {2}(`(?:[^`]|``)+`) (?:(?:var)?char|(?:tiny|medium|long)?text)\b/m.exec(shown)?.[1];
  if (column === undefined || /^ {2}FULLTEXT KEY /m.test(shown)) return [];
  const alter = `alter table ${mysqlText.name(table)}`;
  return [`${alter} add fulltext key rowhouse_words (${column})`, `${alter} drop index rowhouse_words`];
}

function referredTables(sql: string): readonly string[] {
  return [...sql.matchAll(/\breferences `((?:[^`]|``)+)` \(/gi)].map(([, name = '']) => name.replaceAll('``', '`'));
}
