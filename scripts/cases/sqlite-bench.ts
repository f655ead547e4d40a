import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fromUrl } from '../../src/connect/from-environment.ts';
import { connect } from '../../src/connect/connect.ts';
import { sqliteScript } from '../../src/dialects/sqlite/script-syntax.ts';
import { splitStatements } from '../../src/migration/script/split-statements.ts';
import type { Bench, TableFacts } from './bench.ts';
import { constantsIn, fillTables, type FillTable } from './fill-tables.ts';
import { runClient } from './run-client.ts';

/** Database files in a directory of their own, driven by `sqlite3`. */
export async function sqliteBench(): Promise<Bench> {
  const directory = mkdtempSync(join(tmpdir(), 'rowhouse-cases-'));
  const file = (database: string): string => join(directory, `${database}.db`);
  return {
    name: 'sqlite',
    refuses: () => undefined,
    make: async (database) => {
      using made = new DatabaseSync(file(database));
      made.exec('pragma user_version = 0; create table made (a); drop table made');
    },
    copy: async (from, to) => copyFileSync(file(from), file(to)),
    async drop(databases) {
      for (const database of databases)
        for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${file(database)}${end}`, { force: true });
    },
    async run(database, sql) {
      const { exitCode, stderr } = await runClient('sqlite3', ['-batch', '-bail', file(database)], sql);
      if (exitCode === 0 && stderr === '') return undefined;
      return { message: stderr.trim() };
    },
    split: (sql) => splitStatements(sql, sqliteScript),
    open: async (database) => await connect({}, fromUrl(`sqlite+node:///${file(database)}`)),
    dump: async (database) => dump(file(database)),
    fill: async (database) => await fill(file(database)),
    tables: async (database) => readTables(file(database)),
    async rows(database, table, columns) {
      using opened = new DatabaseSync(file(database));
      const list = columns.map((name) => `quote(${quote(name)})`).join(` || ' ' || `);
      return opened
        .prepare(`select ${list} as row from ${quote(table)} order by 1`)
        .all()
        .map(({ row }) => String(row));
    },
    [Symbol.asyncDispose]: async () => {
      if (existsSync(directory)) rmSync(directory, { recursive: true, force: true });
    },
  };
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function literal(text: unknown): string {
  return `'${String(text).replaceAll("'", "''")}'`;
}

/** Without the tables in which a virtual one keeps its own things. */
const tablesQuestion = `select name from pragma_table_list where schema = 'main' and type = 'table' and name not like 'sqlite\\_%' escape '\\' order by 1`;

/** What the pragmas and the schema say; a table's own text is not compared, since it may be spelled in another way. */
function dump(path: string): string {
  using database = new DatabaseSync(path);
  const lines: string[] = [];
  const ask = (label: string, sql: string): void => {
    for (const row of database.prepare(sql).all()) {
      lines.push(
        `${label} ${Object.entries(row)
          .filter(([key]) => !['cid', 'seq', 'rootpage'].includes(key))
          .map(([key, value]) => `${key}=${String(value)}`)
          .join(' ')}`,
      );
    }
  };
  for (const { name } of database.prepare(tablesQuestion).all()) {
    const table = quote(String(name));
    ask(`column of ${table}:`, `pragma table_xinfo(${table})`);
    ask(
      `reference of ${table}:`,
      `select "table", "from", "to", on_update, on_delete, match from pragma_foreign_key_list(${literal(name)})`,
    );
    ask(`list ${table}:`, `select name, type, wr, strict from pragma_table_list where name = ${literal(name)}`);
    for (const { name: index, origin } of database
      .prepare(`select name, origin from pragma_index_list(${literal(name)})`)
      .all()) {
      const label = origin === 'c' ? String(index) : String(origin);
      ask(
        `index ${label} of ${table}:`,
        `select i.seqno, i.name, i.desc, i.coll, i.key from pragma_index_xinfo(${literal(index)}) i where i.key = 1`,
      );
    }
    const [{ sql } = { sql: '' }] = database
      .prepare(`select sql from sqlite_schema where type = 'table' and name = ?`)
      .all(String(name));
    for (const check of checksOf(String(sql))) lines.push(`check of ${table}: ${check}`);
    lines.push(`autoincrement of ${table}: ${String(/autoincrement/i.test(String(sql)))}`);
  }
  for (const { type, name, sql } of database
    .prepare(
      `select type, name, sql from sqlite_schema where type <> 'table' and sql is not null or sql like 'create virtual%'`,
    )
    .all()) {
    lines.push(`${String(type)} ${String(name)}: ${canonical(String(sql))}`);
  }
  return lines.toSorted().join('\n');
}

/** The text of each check, blank space and quotes aside. */
function checksOf(sql: string): readonly string[] {
  const found: string[] = [];
  for (const match of sql.matchAll(/\bcheck\s*\(/gi)) {
    let depth = 1;
    let at = match.index + match[0].length;
    for (; depth > 0 && at < sql.length; at += 1) depth += sql[at] === '(' ? 1 : sql[at] === ')' ? -1 : 0;
    found.push(canonical(sql.slice(match.index + match[0].length, at - 1)));
  }
  return found;
}

function canonical(sql: string): string {
  return sql
    .toLowerCase()
    .replaceAll(/\bif not exists\b/g, '')
    .replaceAll(/["'`[\]\s]/g, '') // a string in double quotes gets single ones when a column is dropped
    .replace(/;$/, '');
}

function readTables(path: string): ReadonlyMap<string, TableFacts> {
  using database = new DatabaseSync(path);
  return new Map(
    database
      .prepare(tablesQuestion)
      .all()
      .map(({ name }) => {
        const columns = database
          .prepare(`select name, type from pragma_table_xinfo(?) where hidden = 0`)
          .all(String(name));
        // A rebuild is how this engine alters a table: that rows are kept is what counts.
        return [
          String(name),
          {
            identity: '',
            columns: new Map(columns.map((one) => [String(one['name']), String(one['type']).toLowerCase()])),
          },
        ];
      }),
  );
}

async function fill(path: string): Promise<readonly string[]> {
  using database = new DatabaseSync(path);
  const tables = database
    .prepare(tablesQuestion)
    .all()
    .map(({ name }): FillTable => {
      const [{ sql } = { sql: '' }] = database
        .prepare(`select sql from sqlite_schema where name = ?`)
        .all(String(name));
      const { texts, numbers } = constantsIn(checksOf(String(sql)).join(' '));
      const references = database
        .prepare(
          `select "table" as other, "from" as mine, coalesce("to", 'rowid') as theirs from pragma_foreign_key_list(?)`,
        )
        .all(String(name));
      const columns = database
        .prepare(
          `select name, type, "notnull" as required, dflt_value as given from pragma_table_xinfo(?) where hidden = 0`,
        )
        .all(String(name));
      return {
        name: String(name),
        sqlName: quote(String(name)),
        columns: columns.map((column) => {
          const reference = references.find(({ mine, other }) => mine === column['name'] && other !== name);
          const from = `${reference?.['theirs'] === 'rowid' ? 'rowid' : quote(String(reference?.['theirs']))} from ${quote(String(reference?.['other']))}`;
          return {
            name: String(column['name']),
            nullable: column['required'] === 0,
            hasDefault: column['given'] !== null,
            candidates: candidates(String(column['type']), texts, numbers),
            reference:
              reference === undefined ? undefined : (row) => `(select ${from} order by 1 limit 1 offset ${row % 3})`,
          };
        }),
      };
    });
  database.exec('pragma foreign_keys = on');
  return await fillTables(tables, quote, async (sql) => {
    try {
      database.exec(sql);
      return true;
    } catch {
      return false;
    }
  });
}

function candidates(type: string, texts: readonly string[], numbers: readonly number[]): readonly string[] {
  const plain = ['1', '2', '3', ...numbers.map(String)];
  const text = [...texts.map((one) => `'${one.replaceAll("'", "''")}'`), `'a'`, `'b'`, `'c'`, `'2024-01-01'`];
  if (/int|real|floa|doub|num|dec|bool/i.test(type)) return plain;
  return /blob/i.test(type) ? [`x'01'`, `x'02'`] : text;
}
