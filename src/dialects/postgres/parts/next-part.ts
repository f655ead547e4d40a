import { displayName } from '../../../catalog/model/object-name.ts';
import type { OnlineAlter, OnlineStatement, OnlineStep } from '../../../dialect/online-alter.ts';
import type { Connection } from '../../../driver/connection.ts';
import { RowhouseError } from '../../../errors/rowhouse-error.ts';
import { createIndexText } from '../online/index-text.ts';
import { lockPartsGently } from '../online/lock-gently.ts';
import { attachIndex } from '../online/partitioned-index.ts';
import { newName, postgresText, qualified } from '../text.ts';
import { askedIndex, type AskedIndex } from './asked-index.ts';
import { ownName, readyIndex } from './part-index.ts';
import { isTaken, readParts, readWhole, type Part, type PartIndex, type WholeIndex } from './read-parts.ts';
import { whyNotInParts } from './why-not-in-parts.ts';

/**
 * The first of the steps to an index of a partitioned table whose outcome is not in the catalog yet: the index of the table
 * alone, and of partitions that have partitions, then one of each other partition, then each becomes a part of the one
 * above, and the whole gets its name.
 */
export async function nextPart(connection: Connection, alter: OnlineAlter): Promise<OnlineStep> {
  const asked = askedIndex(alter.sql);
  if (asked === undefined) throw notInParts(alter.table, 'its statement makes no index');
  const whole = await readWhole(connection, asked, asked.interim);
  const parts = await readParts(connection, asked, whole);
  if (whole === undefined) return await begin(connection, asked, parts);
  const loose = parts.filter(({ attached }) => !attached);
  const next =
    loose.find(({ kind }) => kind === 'partitioned') ??
    loose.find((part) => readyIndex(part, whole, asked) === undefined) ??
    loose[0];
  if (next !== undefined) {
    const index = readyIndex(next, whole, asked);
    return index === undefined ? await makePart(connection, asked, whole, next, parts) : joinWhole(whole, next, index);
  }
  if (!whole.valid) throw notInParts(alter.table, 'an index of one of its partitions is not valid');
  return step([{ sql: `alter index ${qualified(whole.place)} rename to ${newName(asked.name)}` }], { isLast: true });
}

async function begin(connection: Connection, asked: AskedIndex, parts: readonly Part[]): Promise<OnlineStep> {
  const made = await readWhole(connection, asked, asked.name);
  if (made?.valid === true) return step([], { isLast: true });
  const noParts = whyNotInParts(asked, parts);
  if (noParts !== undefined) throw notInParts(displayName(asked.table), noParts);
  if (await isTaken(connection, { ...asked.table, name: asked.name }, false)) throw taken(asked);
  return step([{ sql: asked.begin }]);
}

/** What is left of an earlier try is dropped before each try. */
async function makePart(
  connection: Connection,
  asked: AskedIndex,
  whole: WholeIndex,
  part: Part,
  parts: readonly Part[],
): Promise<OnlineStep> {
  const { table } = part;
  const isUsed = async (name: string): Promise<boolean> =>
    await isTaken(connection, { ...table, name }, whole.constraint !== null);
  const index = await ownName(part, whole, asked, isUsed);
  const text = { table, name: index.name, unique: whole.unique, body: whole.body };
  if (part.kind === 'partitioned') {
    const sql =
      whole.constraint === null
        ? createIndexText(text, 'only')
        : `alter table only ${qualified(table)} add constraint ${newName(index.name)} ${whole.constraint}`;
    return step([{ sql }]);
  }
  const before = `drop index concurrently if exists ${qualified(index)}`;
  const build: OnlineStatement = { sql: createIndexText(text, 'concurrently'), class: 'build', before };
  return step([build], { undo: [before, ...withoutWhole(asked, whole, parts)] });
}

/** Indexes of partitions that are made stay, and the next try finds them; an index that never becomes valid does not. */
function withoutWhole({ table, interim }: AskedIndex, whole: WholeIndex, parts: readonly Part[]): readonly string[] {
  if (parts.some(({ attached, kind }) => attached && kind === 'table')) return [];
  const drop =
    whole.constraint === null
      ? `drop index if exists ${qualified(whole.place)}`
      : `alter table ${qualified(table)} drop constraint if exists ${postgresText.name(interim)}`;
  return [`${lockPartsGently(table)};\n${drop}`];
}

/** A part of a key is a key first. Each of the two locks its partition for a moment. */
function joinWhole(whole: WholeIndex, { table, above }: Part, index: PartIndex): OnlineStep {
  if (whole.constraint !== null && index.constraint === null)
    return step([{ sql: `alter table ${qualified(table)} add ${usingIndex(whole.constraint, index)}` }]);
  return step([{ sql: attachIndex(above ?? whole.place, { ...table, name: index.name }).sql }]);
}

function usingIndex(constraint: string, { name }: PartIndex): string {
  const kind = constraint.startsWith('PRIMARY KEY') ? 'primary key' : 'unique';
  const [deferrable = ''] = /(?: DEFERRABLE)?(?: INITIALLY DEFERRED)?$/.exec(constraint) ?? [];
  return `constraint ${newName(name)} ${kind} using index ${postgresText.name(name)}${deferrable}`;
}

function step(
  statements: readonly OnlineStatement[],
  { undo = [], isLast = false }: Partial<Pick<OnlineStep, 'undo' | 'isLast'>> = {},
): OnlineStep {
  return { statements, undo, isLast };
}

function taken({ table, name }: AskedIndex): RowhouseError {
  return new RowhouseError('OBJECT_EXISTS', `something else in the namespace of ${table.name} is called ${name}`, {
    details: { table: displayName(table), name },
    hint: 'give the index another name, or drop what has it',
  });
}

function notInParts(table: string, why: string): RowhouseError {
  return new RowhouseError('CAPABILITY_MISSING', `an index of ${table} cannot be made a partition at a time: ${why}`, {
    details: { table, why },
    hint: 'make this change in a revision of its own, when nobody writes to the table',
  });
}
