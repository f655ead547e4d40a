import type { Rung } from '../algorithm/rung.ts';
import type { AlterClause, AlterStatement } from './alter-clause.ts';
import { alterUnits, waitsFor, type AlterUnit } from './alter-units.ts';
import { printAlter } from './print-alter.ts';
import type { RehearsalStage } from './rehearsal-stage.ts';

/** A statement, and how the server does it; undefined: it could not be tried. */
export interface RehearsedAlter {
  readonly alter: AlterStatement;
  readonly rung: Rung | undefined;
}

/** Where statements are tried, and the ways to ask for, the gentlest first. */
export interface Rehearsing {
  readonly stage: RehearsalStage;
  readonly rungs: readonly Rung[];
}

/**
 * Takes a statement apart by what the server does at once, what it does while others write, and what stops them. All of
 * it together has the effect of the whole, or the whole is kept.
 */
export async function splitAlter(alter: AlterStatement, how: Rehearsing): Promise<readonly RehearsedAlter[]> {
  const { stage } = how;
  const start = await stage.show(alter.table);
  const units = alterUnits(alter.clauses);
  const whole = async (): Promise<readonly RehearsedAlter[]> => [{ alter, rung: await gentlest(alter, how) }];
  if (units.length < 2 || alter.partitioning !== undefined || alter.standsAlone === true) return await whole();
  const parts = await splitUnits(alter, units, how);
  if (parts?.length === 1) return parts;
  const reached = parts === undefined ? undefined : comparable(await stage.show(alter.table));
  await stage.restore(alter.table, start);
  const kept = await whole();
  if (parts === undefined) return kept;
  if (kept[0]?.rung !== undefined) return reached === comparable(await stage.show(alter.table)) ? parts : kept;
  for (const part of parts) await gentlest(part.alter, how);
  return parts;
}

/** Undefined: some of it cannot be done apart from the rest. */
async function splitUnits(
  alter: AlterStatement,
  units: readonly AlterUnit[],
  how: Rehearsing,
): Promise<readonly RehearsedAlter[] | undefined> {
  const parts: RehearsedAlter[] = [];
  let waiting = units;
  while (waiting.length > 0) {
    const next = await nextPart(alter, waiting, how);
    if (next === undefined) return undefined;
    parts.push(next.part);
    waiting = waiting.filter((unit) => !next.units.includes(unit));
  }
  return parts;
}

interface NextPart {
  readonly part: RehearsedAlter;
  readonly units: readonly AlterUnit[];
}

/** As many of the waiting as can be done together in the gentlest way that any of them has. */
async function nextPart(
  alter: AlterStatement,
  waiting: readonly AlterUnit[],
  how: Rehearsing,
): Promise<NextPart | undefined> {
  const start = await how.stage.show(alter.table);
  for (const rungs of tiers(how.rungs)) {
    const all = { ...alter, clauses: clausesOf(waiting) };
    // A rough way is for those only that have no other: what waits for them may have one when they are done.
    const isGentle = rungs.every(({ lock }) => lock === 'none');
    const one = { ...how, rungs };
    const rung = isGentle ? await gentlest(all, one) : undefined;
    if (rung !== undefined) return { part: { alter: all, rung }, units: waiting };
    const picks = await picked(alter, waiting, { ...one, isGentle });
    if (picks.length === 0) continue;
    const found = await combined(alter, picks, { ...one, start });
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Those that the server does in one of these ways, one after the other; each is done. */
async function picked(
  alter: AlterStatement,
  waiting: readonly AlterUnit[],
  { isGentle, ...how }: Rehearsing & { readonly isGentle: boolean },
): Promise<readonly AlterUnit[]> {
  const picks: AlterUnit[] = [];
  for (const unit of waiting) {
    const isHeld = waiting.some((other) => waitsFor(unit, other) && !(isGentle && picks.includes(other)));
    if (isHeld) continue;
    if ((await gentlest({ ...alter, clauses: clausesOf([unit]) }, how)) !== undefined) picks.push(unit);
  }
  return picks;
}

/** What can be done one by one cannot always be done together: then fewer, from the first on. */
async function combined(
  alter: AlterStatement,
  picks: readonly AlterUnit[],
  { start, ...how }: Rehearsing & { readonly start: string },
): Promise<NextPart | undefined> {
  await how.stage.restore(alter.table, start);
  for (let count = picks.length; count > 0; count -= 1) {
    const units = picks.slice(0, count);
    const part = { ...alter, clauses: clausesOf(units) };
    const rung = await gentlest(part, how);
    if (rung !== undefined) return { part: { alter: part, rung }, units };
  }
  return undefined;
}

/** The first way that the server agrees to; the statement is then done. */
async function gentlest(alter: AlterStatement, { stage, rungs }: Rehearsing): Promise<Rung | undefined> {
  for (const rung of rungs) {
    const { result } = await stage.try(printAlter(alter, [rung.clause]).sql);
    if (result === 'done') return rung;
    if (result === 'failed') return undefined;
  }
  return undefined;
}

/** At once; while all others go on; then each way that keeps somebody waiting. */
function tiers(rungs: readonly Rung[]): readonly (readonly Rung[])[] {
  const [instant, gentle] = [rungs.filter(isInstant), rungs.filter((rung) => rung.lock === 'none' && !isInstant(rung))];
  const rough = rungs.filter(({ lock }) => lock !== 'none').map((rung) => [rung]);
  return [instant, gentle, ...rough].filter((tier) => tier.length > 0);
}

function isInstant({ algorithm, lock }: Rung): boolean {
  return algorithm === 'instant' && lock === 'none';
}

function clausesOf(units: readonly AlterUnit[]): readonly AlterClause[] {
  return units
    .flat()
    .toSorted((a, b) => a.at - b.at)
    .map(({ clause }) => clause);
}

/** The order of members does not count. */
function comparable(shown: string): string {
  return shown.replaceAll(',\n', '\n').split('\n').toSorted().join('\n');
}
