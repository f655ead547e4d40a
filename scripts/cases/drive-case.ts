import { renderScript } from '../../src/migration/script/render-script.ts';
import { compareDatabases } from '../../src/ops/compare/compare-databases.ts';
import type { DefinitionStatement } from '../../src/dialect/definition.ts';
import type { Safety } from '../../src/dialect/structure/rules.ts';
import { RowhouseError } from '../../src/errors/rowhouse-error.ts';
import type { Bench, KeptRows, TableFacts } from './bench.ts';
import type { Case } from './case.ts';
import { loadDefinition } from './load-definition.ts';
import type { Stop } from './measure-statements.ts';
import { inSegments, type Segment } from '../../src/migration/script/segments.ts';
import { firstDifference } from './first-difference.ts';

/** What became of one direction of a case. */
export interface Outcome {
  readonly state: 'converged' | 'refused' | 'crashed' | 'not applied' | 'different' | 'not settled';
  readonly reason?: string;
  readonly script: string;
  readonly recreated: readonly string[];
  /** Tables whose place was taken by a copy that was kept in step. */
  readonly copied: readonly string[];
  readonly lost: readonly string[];
  /** The rows had to be taken out first, since the target does not allow them. */
  readonly rowsInTheWay: boolean;
  /** What was said of them. */
  readonly obstacle?: string;
}

export interface CaseReport {
  readonly one: Case;
  readonly skipped?: string;
  readonly unfilled: readonly string[];
  readonly forward?: Outcome;
  readonly backward?: Outcome;
  /** With `--measure`: statements of either direction that stop writers while they read rows. */
  readonly stops?: readonly Stop[];
  readonly ms: number;
}

export interface DriveOptions {
  readonly safe: Safety;
  readonly measure: boolean;
}

/** Drives one case there and back, each direction from fresh databases with rows in them. */
export async function driveCase(bench: Bench, one: Case, { safe, measure }: DriveOptions): Promise<CaseReport> {
  const startedAt = performance.now();
  const skip = (skipped: string): CaseReport => ({ one, skipped, unfilled: [], ms: performance.now() - startedAt });
  const refusal = bench.refuses(one);
  if (refusal !== undefined) return skip(refusal);
  try {
    for (const side of ['current', 'desired'] as const) {
      const failure = await loadDefinition(bench, side, one[side], one);
      if (failure !== undefined) return skip(`${side} does not load: ${failure}`);
    }
    await bench.copy('current', 'current_filled', one);
    await bench.copy('desired', 'desired_filled', one);
    const unfilled = [...(await bench.fill('current_filled')), ...(await bench.fill('desired_filled'))];
    const forward = await driveEither(bench, { one, from: 'current', to: 'desired', safe });
    const backward = await driveEither(bench, { one, from: 'desired', to: 'current', safe });
    const stops = measure
      ? [
          ...(await stopsBetween(bench, 'current', 'desired', one)),
          ...(await stopsBetween(bench, 'desired', 'current', one)),
        ]
      : [];
    return { one, unfilled, forward, backward, stops, ms: performance.now() - startedAt };
  } finally {
    await bench.drop(['current', 'desired', 'current_filled', 'desired_filled', 'work'], one);
  }
}

async function stopsBetween(bench: Bench, from: string, to: string, one: Case): Promise<readonly Stop[]> {
  if (bench.measure === undefined) return [];
  await bench.drop(['work'], one);
  await bench.copy(`${from}_filled`, 'work', one);
  try {
    const { segments } = await planBetween(bench, 'work', to, 'online');
    return await bench.measure('work', segments);
  } catch {
    return []; // what cannot be planned or run is told by the direction itself
  }
}

interface Direction {
  readonly one: Case;
  readonly from: 'current' | 'desired';
  readonly to: 'current' | 'desired';
  readonly safe: Safety;
}

/** With rows; where a plan does not run with them, without: if it runs then, they were in the way. */
async function driveEither(bench: Bench, direction: Direction): Promise<Outcome> {
  const filled = await drive(bench, direction, `${direction.from}_filled`);
  if (filled.state !== 'not applied' && !filled.rowsInTheWay) return filled;
  const empty = await drive(bench, direction, direction.from);
  if (empty.state === 'not applied') return filled;
  return { ...empty, rowsInTheWay: true, obstacle: filled.reason ?? filled.state };
}

async function drive(bench: Bench, { one, from, to, safe }: Direction, start: string): Promise<Outcome> {
  await bench.drop(['work'], one);
  await bench.copy(start, 'work', one);
  const [before, wanted] = [await bench.tables('work'), await bench.tables(to)];
  const rowsBefore = await keptRows(bench, before, wanted);
  const outcome = { script: '', recreated: [], copied: [], lost: [], rowsInTheWay: false };
  let script = '';
  try {
    script = await scriptBetween(bench, 'work', to, safe);
  } catch (error) {
    return { ...outcome, ...planFailure(error), rowsInTheWay: start !== from && isAboutRows(error) };
  }
  const failure = await bench.run('work', script);
  if (failure !== undefined) {
    return { ...outcome, state: 'not applied', reason: failure.message, script };
  }
  const after = await bench.tables('work');
  const shared = [...before.keys()].filter((name) => wanted.has(name));
  const others = shared.filter(
    (name) =>
      before.get(name)?.form === wanted.get(name)?.form && before.get(name)?.identity !== after.get(name)?.identity,
  );
  const isCopied = (name: string): boolean => isTakenByCopy(name, script);
  const [copied, recreated] = [others.filter(isCopied), others.filter((name) => !isCopied(name))];
  const lost: string[] = [];
  for (const [name, kept] of rowsBefore) {
    const now = after.has(name) ? await bench.rows('work', name, kept.columns).catch(() => []) : [];
    if (now.join('\n') === kept.rows.join('\n')) continue;
    const placed = (await bench.placed?.(to, name, kept)) ?? kept.rows;
    if (now.join('\n') !== placed.join('\n')) lost.push(name);
  }
  const facts = { script, recreated, copied, lost, rowsInTheWay: false };
  const difference = firstDifference(await bench.dump('work'), await bench.dump(to));
  if (difference !== undefined) return { ...facts, state: 'different', reason: difference };
  try {
    const rest = await scriptBetween(bench, 'work', to, safe);
    if (rest !== '') return { ...facts, state: 'not settled', reason: `the second plan is: ${rest}` };
  } catch (error) {
    return { ...facts, ...planFailure(error) };
  }
  return { ...facts, state: 'converged' };
}

/** True: the script makes a copy beside the table, keeps it in step, and gives it the table's name. */
function isTakenByCopy(name: string, script: string): boolean {
  const last = name.slice(name.lastIndexOf('.') + 1).replaceAll('"', '');
  const renamed = script.matchAll(/^alter table \S+__new_[0-9a-f]{8}" rename to "(.+)";$/gm);
  return [...renamed].some(([, to]) => to === last);
}

async function scriptBetween(bench: Bench, from: string, to: string, safe: Safety): Promise<string> {
  const { statements, text } = await planBetween(bench, from, to, safe);
  return statements.length === 0 ? '' : text;
}

async function planBetween(
  bench: Bench,
  from: string,
  to: string,
  safe: Safety,
): Promise<{
  readonly statements: readonly DefinitionStatement[];
  readonly segments: readonly Segment[];
  readonly text: string;
}> {
  await using before = await bench.open(from);
  await using after = await bench.open(to);
  const statements = await compareDatabases(before, after, {
    safe,
    place: { inFile: false, open: async (database = from) => await bench.open(database) },
  });
  return {
    statements,
    segments: inSegments(statements, before.dialect),
    text: renderScript(statements, before.dialect),
  };
}

function planFailure(error: unknown): Pick<Outcome, 'state' | 'reason'> {
  if (RowhouseError.has(error, 'PLAN_REFUSED')) return { state: 'refused', reason: error.message };
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { state: 'crashed', reason };
}

function isAboutRows(error: unknown): boolean {
  return RowhouseError.has(error, 'ROWS_IN_THE_WAY');
}

/** What must still be there: the values of columns that have the same type on both sides. */
async function keptRows(
  bench: Bench,
  before: ReadonlyMap<string, TableFacts>,
  wanted: ReadonlyMap<string, TableFacts>,
): Promise<ReadonlyMap<string, KeptRows>> {
  const kept = new Map<string, KeptRows>();
  for (const [name, { columns }] of before) {
    const other = wanted.get(name)?.columns;
    if (other === undefined) continue;
    const same = [...columns.keys()].filter((column) => columns.get(column) === other.get(column)).toSorted();
    if (same.length > 0) kept.set(name, { columns: same, rows: await bench.rows('work', name, same) });
  }
  return kept;
}
