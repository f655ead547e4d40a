import type { OnlineAlter, OnlineStep } from '../../../../dialect/online-alter.ts';
import type { Fact, Structure } from '../../../../dialect/structure/fact.ts';
import type { Connection } from '../../../../driver/connection.ts';
import { RowhouseError } from '../../../../errors/rowhouse-error.ts';
import { askedAlter } from '../../online/asked-alter.ts';
import { keepCopyInStep, rowTrigger, truncateTrigger } from '../../online/copy-triggers.ts';
import { lockGently } from '../../online/lock-gently.ts';
import { syncName, type CopyText } from '../../online/copy-text.ts';
import { postgresText, qualified } from '../../text.ts';
import { factText } from '../fact-text.ts';
import { kinds } from '../kinds.ts';
import { idOf } from '../names.ts';
import { readStructure } from '../read-structure.ts';
import { isForeignKey } from '../relation.ts';
import { rulesOfKinds } from '../rules.ts';
import { withoutFacts } from '../with-facts.ts';
import { changePlaces } from './change-places.ts';
import { copyBackfill } from './copy-backfill.ts';
import { makeCopy } from './copy-steps.ts';
import { copyCalled, copyName, type MadeCopy } from './made-copy.ts';
import { partsWithin } from './own-parts.ts';
import { usersOf, whyNoCopy } from './why-no-copy.ts';

/** A copy of a table on its way, as the catalog shows it. */
export interface Copying {
  readonly copy: MadeCopy;
  /** What is done to the copy that is not done to the table. */
  readonly rest: string;
  /** The copy is there. */
  readonly isBegun: boolean;
  /** What is written to the table is written to the copy. */
  readonly isInStep: boolean;
}

/** Undefined where there is no such table. */
export async function findCopying(connection: Connection, { sql }: OnlineAlter): Promise<Copying | undefined> {
  const asked = askedAlter(sql);
  if (asked === undefined) return undefined;
  const namespace = asked.table.namespace ?? (await currentNamespace(connection));
  const structure = await readStructure(connection, kinds);
  const table = structure.facts.get(idOf('table', namespace, asked.table.name));
  if (table === undefined) return undefined;
  const copy = copyName(table, sql);
  const copyId = idOf('table', namespace, copy.name);
  const before = withoutCopy(structure, table, copyId);
  return {
    copy: copyCalled(copy, { table, before, after: before, rules: rulesOfKinds(kinds) }),
    rest: asked.rest,
    isBegun: structure.facts.has(copyId),
    isInStep: [...structure.facts.values()].some((fact) => isOwnTrigger(fact, table)),
  };
}

async function currentNamespace(connection: Connection): Promise<string> {
  const { rows } = await connection.run({ sql: 'select current_schema()' }, []);
  return String(rows[0]?.[0]);
}

/** The structure as it is without what is there for the copy alone. */
function withoutCopy(structure: Structure, table: Fact, copyId: string): Structure {
  const copied = partsWithin(copyId, structure);
  return withoutFacts(structure, (fact) => copied.has(fact.id) || isOwnTrigger(fact, table));
}

function isOwnTrigger({ kind, parent, notes }: Fact, table: Fact): boolean {
  const names = [rowTrigger, truncateTrigger].map((name) => postgresText.name(name));
  return kind === 'trigger' && parent === table.id && names.includes(factText(notes?.['name'] ?? ''));
}

/** Why a run cannot make a copy; undefined when it can. */
export function whyNotInSteps({ copy: { table, before } }: Copying): string | undefined {
  const noCopy = whyNoCopy(table, before, before);
  if (noCopy !== undefined) return noCopy;
  const reference = usersOf(partsWithin(table.id, before), before).find(isForeignKey);
  return reference === undefined ? undefined : `${reference.id} refers to it`;
}

/** The first of the steps whose outcome is not in the catalog yet. The last one leaves nothing of them behind. */
export async function nextOfCopying(connection: Connection, alter: OnlineAlter): Promise<OnlineStep> {
  const copying = await findCopying(connection, alter);
  // A statement before this one may have changed what was so when the plan was made.
  const noCopy = copying === undefined ? 'it is not there' : whyNotInSteps(copying);
  if (copying === undefined || noCopy !== undefined)
    throw new RowhouseError('CAPABILITY_MISSING', `no copy can take the place of ${alter.table}: ${noCopy ?? ''}`, {
      details: { table: alter.table, noCopy },
      hint: 'make this change in a revision of its own',
    });
  const { copy, rest, isBegun, isInStep } = copying;
  const { text } = copy;
  const undo = [together(takeBack(text))];
  if (!isBegun) {
    const make = [...makeCopy(copy).map(({ sql }) => sql), `alter table ${qualified(text.copy)} ${rest}`];
    return { startsAnew: true, statements: [{ sql: together(make) }], undo, isLast: false };
  }
  if (!isInStep) {
    const keep = [lockGently([text.table], 'share row exclusive'), ...keepCopyInStep(text)];
    return { startsAnew: true, statements: [{ sql: together(keep) }], undo, isLast: false };
  }
  return {
    backfill: copyBackfill(text),
    proof: proofOf(text),
    statements: [
      { sql: `analyze ${qualified(text.copy)}` },
      { sql: together(changePlaces(copy).map(({ sql }) => sql)) },
    ],
    undo,
    isLast: true,
  };
}

/** Statements of one text are one transaction. */
function together(statements: readonly string[]): string {
  return statements.join(';\n');
}

/** One statement sees one state of both tables. */
function proofOf({ table, copy }: CopyText): string {
  const count = (name: string): string => `(select count(*) from only ${name})`;
  return `select (${count(qualified(table))} = ${count(qualified(copy))})::int`;
}

function takeBack(text: CopyText): readonly string[] {
  const table = qualified(text.table);
  return [
    ...[rowTrigger, truncateTrigger].map((name) => `drop trigger if exists ${postgresText.name(name)} on ${table}`),
    `drop function if exists ${qualified(syncName(text))}()`,
    `drop table if exists ${qualified(text.copy)}`,
  ];
}
