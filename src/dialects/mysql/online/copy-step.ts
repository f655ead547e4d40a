import type { OnlineAlter, OnlineStatement, OnlineStep } from '../../../dialect/online-alter.ts';
import type { Connection } from '../../../driver/connection.ts';
import type { Flavor } from '../flavor.ts';
import { RowhouseError } from '../../../errors/rowhouse-error.ts';
import { parseAlter, renamed } from '../algorithm/alter-text.ts';
import { foreignKeysOf, indexesOf } from '../algorithm/twin.ts';
import { readRows } from '../inspect/rows.ts';
import { mysqlText } from '../text.ts';
import { copyRows } from './copy-rows.ts';
import { copyTrigger } from './copy-triggers.ts';
import { gently, unchecked } from './key-step.ts';
import { copyNames, finalKey, interimKey, keyIndex, moments, type CopyNames } from './names.ts';
import { foreignKeyName, whyNoCopy } from './refuse-copy.ts';
import { pairRows } from './row-pairs.ts';
import { readShape } from './shape.ts';

/** What tells servers apart that alter a table in steps. */
export interface OnlineServer {
  /** It is a node of a cluster whose nodes compare what they have written. */
  readonly isNode: boolean;
  readonly flavor: Flavor;
}

interface Copying extends OnlineServer {
  readonly connection: Connection;
  readonly table: string;
  readonly rest: string;
  readonly names: CopyNames;
}

/** The first of the steps whose outcome is not in the catalog yet. */
export async function nextOfCopy(
  connection: Connection,
  alter: OnlineAlter,
  server: OnlineServer,
): Promise<OnlineStep> {
  const names = copyNames(alter);
  const copying = { ...server, connection, names, table: alter.table, rest: parseAlter(alter.sql)?.rest ?? '' };
  const tables = await namesIn(connection, 'tables', 'table_name', [names.old, names.copy]);
  if (tables.has(names.old)) return await clearUp(copying);
  if (!tables.has(names.copy)) return await makeCopy(copying);
  const triggers = await namesIn(connection, 'triggers', 'trigger_name', Object.values(names.trigger));
  return triggers.size < moments.length ? await keepInStep(copying, triggers) : await fillAndSwap(copying);
}

/** An empty table as the statement makes it. It has its name once it is ready. */
async function makeCopy({ connection, table, rest, names, flavor }: Copying): Promise<OnlineStep> {
  // A statement before this one may have changed what was so when the plan was made.
  const noCopy = await whyNoCopy(connection, table, names, flavor);
  if (noCopy !== undefined)
    throw new RowhouseError('CAPABILITY_MISSING', `no copy can take the place of ${table}: ${noCopy}`, {
      details: { table, noCopy },
      hint: 'make this change in a revision of its own',
    });
  const keys = await foreignKeysOf(connection, table);
  const own = new Set(keys.map(foreignKeyName));
  const altered = renamed(rest, {
    table: (name) => name,
    constraint: (name) => (own.has(name) ? interimKey(name) : name),
    index: (name) => name,
  });
  const unready = mysqlText.name(names.unready);
  return {
    startsAnew: true,
    statements: plain([
      `drop table if exists ${unready}`,
      `create table ${unready} like ${mysqlText.name(table)}`,
      ...keys.map((key) => `alter table ${unready} add ${withName(key, interimKey(foreignKeyName(key)))}`),
      `alter table ${unready} ${altered}`,
      `rename table ${unready} to ${mysqlText.name(names.copy)}`,
    ]),
    undo: undoing(names),
    isLast: false,
  };
}

/**
 * Deletes and updates first: what they do to a row that is not in the copy yet cannot be missed, and an insert that is
 * missed is copied like all rows before it. Each waits until whoever has written before it is through.
 */
async function keepInStep(copying: Copying, present: ReadonlySet<string>): Promise<OnlineStep> {
  const { connection, table, rest, names, isNode } = copying;
  const [from, to] = [await readShape(connection, table), await readShape(connection, names.copy)];
  const rows = pairRows(table, from, to, rest);
  const columns = rows.key.map((pair) => mysqlText.name(pair.to.name)).join(', ');
  return {
    startsAnew: true,
    statements: plain([
      ...(rows.isIndexed ? [] : [`alter table ${mysqlText.name(names.copy)} add index ${keyIndex} (${columns})`]),
      ...moments
        .filter((moment) => !present.has(names.trigger[moment]))
        .map((moment) => copyTrigger(moment, { table, names, rows, isNode })),
    ]),
    undo: undoing(names),
    isLast: false,
  };
}

/** The rows; then, in one moment, the copy has the table's name. */
async function fillAndSwap(copying: Copying): Promise<OnlineStep> {
  const { connection, table, rest, names, flavor } = copying;
  const [from, to] = [await readShape(connection, table), await readShape(connection, names.copy)];
  const rows = pairRows(table, from, to, rest);
  const [mine, copy, old] = [table, names.copy, names.old].map((name) => mysqlText.name(name));
  const next = await nextNumber(connection, table);
  return {
    backfill: copyRows({ table, copy: names.copy, rows, sharedLock: flavor.sharedLock }),
    proof: proofOf(table, names.copy),
    statements: plain([
      ...(next === undefined ? [] : [`alter table ${copy ?? ''} auto_increment = ${next}`]),
      `rename table ${mine ?? ''} to ${old ?? ''}, ${copy ?? ''} to ${mine ?? ''}`,
    ]),
    undo: undoing(names),
    isLast: false,
  };
}

/**
 * One statement sees one state of both tables. What would go with the old table, or follow it, must not have come
 * meanwhile: a trigger beside ours, a foreign key that refers to it.
 */
function proofOf(table: string, copy: string): string {
  const name = mysqlText.literal(table);
  return `select (select count(*) from ${mysqlText.name(table)}) = (select count(*) from ${mysqlText.name(copy)})
and ${moments.length} = (select count(*) from information_schema.triggers
  where event_object_schema = database() and event_object_table = ${name})
and not exists (select 1 from information_schema.referential_constraints
  where unique_constraint_schema = database() and referenced_table_name = ${name})`;
}

/** The names of the foreign keys are free once the old table has given them up; it is the sign that this is not done. */
async function clearUp({ connection, table, names, flavor }: Copying): Promise<OnlineStep> {
  const [theirs, ours] = [await foreignKeysOf(connection, names.old), await foreignKeysOf(connection, table)];
  const indexes = await indexesOf(connection, table);
  const [mine, old] = [mysqlText.name(table), mysqlText.name(names.old)];
  const drops = theirs.map((key) => `drop foreign key ${mysqlText.name(foreignKeyName(key))}`);
  return {
    statements: [
      ...plain(drops.length === 0 ? [] : [`alter table ${old} ${drops.join(', ')}`]),
      ...ours.flatMap((key): readonly OnlineStatement[] => {
        const name = finalKey(foreignKeyName(key));
        const drop = `drop foreign key ${mysqlText.name(foreignKeyName(key))}`;
        return name === undefined
          ? []
          : [unchecked(`alter table ${mine} ${drop}, add ${withName(key, name)}, ${gently}`, flavor)];
      }),
      ...plain([...(indexes.has(keyIndex) ? [`alter table ${mine} drop index ${keyIndex}`] : []), `drop table ${old}`]),
    ],
    undo: [],
    isLast: true,
  };
}

function undoing(names: CopyNames): readonly string[] {
  return [
    ...moments.map((moment) => `drop trigger if exists ${mysqlText.name(names.trigger[moment])}`),
    `drop table if exists ${mysqlText.name(names.copy)}`,
    `drop table if exists ${mysqlText.name(names.unready)}`,
  ];
}

function plain(statements: readonly string[]): readonly OnlineStatement[] {
  return statements.map((sql) => ({ sql }));
}

/** A foreign key as a table says it, under another name. */
function withName(key: string, name: string): string {
  return key.replace(/^CONSTRAINT `(?:[^`]|``)+`/i, () => `constraint ${mysqlText.name(name)}`);
}

/** The next number of an identity column; undefined: the table has none. */
async function nextNumber(connection: Connection, table: string): Promise<string | undefined> {
  const [row] = await readRows(connection, `show create table ${mysqlText.name(table)}`);
  return /\) ENGINE=[^\n]*\bAUTO_INCREMENT=(\d+)/.exec(row?.[1] ?? '')?.[1];
}

/** Which of these are there. */
export async function namesIn(
  connection: Connection,
  view: 'tables' | 'triggers',
  column: 'table_name' | 'trigger_name',
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  const schema = view === 'tables' ? 'table_schema' : 'trigger_schema';
  const sql = `select ${column} from information_schema.${view} where ${schema} = database() and ${column} in (${names.map(() => '?').join(', ')})`;
  return new Set((await readRows(connection, sql, names)).map(([name = '']) => name));
}
