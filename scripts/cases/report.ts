import type { CaseOptions } from './options.ts';
import type { CaseReport, Outcome } from './drive-case.ts';

/** What became of the cases of one corpus on one server. */
export interface CorpusReport {
  readonly bench: string;
  readonly corpus: string;
  readonly cases: readonly CaseReport[];
}

/** 99 of 100 of the cases that load, in both directions. */
const bar = 0.99;

export function isAboveBar({ cases }: CorpusReport): boolean {
  const loaded = cases.filter(({ forward }) => forward !== undefined);
  return loaded.length === 0 || loaded.filter(isGood).length >= bar * loaded.length;
}

function isGood({ forward, backward }: CaseReport): boolean {
  return [forward, backward].every((one) => one !== undefined && isFine(one));
}

function isFine({ state, recreated, lost }: Outcome): boolean {
  return state === 'converged' && recreated.length === 0 && lost.length === 0;
}

export function renderReport(
  { bench, corpus, cases }: CorpusReport,
  { verbose, measure: measured }: Pick<CaseOptions, 'verbose' | 'measure'>,
): string {
  const loaded = cases.filter(({ forward }) => forward !== undefined);
  const count = (test: (one: CaseReport) => boolean): number => loaded.filter(test).length;
  const outcomes = loaded.flatMap((one) => [one.forward, one.backward]).filter((one) => one !== undefined);
  const share = loaded.length === 0 ? 1 : count(isGood) / loaded.length;
  const lines = [
    `${bench}, ${corpus}: ${cases.length} cases, ${loaded.length} loaded, ${(share * 100).toFixed(1)} % good both ways`,
    `  converged ${count(({ forward }) => forward?.state === 'converged')}, reversed ${count(({ backward }) => backward?.state === 'converged')} of ${loaded.length}`,
    `  of ${outcomes.length} directions: rows kept in ${outcomes.filter(({ lost }) => lost.length === 0).length}, a table recreated in ${outcomes.filter(({ recreated }) => recreated.length > 0).length}, its place taken by a copy in ${outcomes.filter(({ copied }) => copied.length > 0).length}, refused ${outcomes.filter(({ state }) => state === 'refused').length}, rows in the way of the target in ${outcomes.filter(({ rowsInTheWay }) => rowsInTheWay).length}`,
    `  tables that took no row: ${cases.reduce((sum, { unfilled }) => sum + unfilled.length, 0)}`,
  ];
  const stops = cases.flatMap(({ one, stops: found = [] }) => found.map((stop) => ({ id: one.id, ...stop })));
  lines.push(...algorithmLine(outcomes), ...obstacleLines(loaded, verbose));
  const untold = stops.filter(({ isTold }) => !isTold);
  if (measured) {
    lines.push(
      `  statements that stop writers while they read or rewrite rows: ${stops.length}, without a note: ${untold.length}`,
    );
  }
  for (const { id, mode, table, rowsRead, rewritten, statement } of verbose ? stops : untold) {
    lines.push(`    ${id}: ${mode} on ${table}, ${rowsRead} rows read${rewritten ? ', rewritten' : ''}: ${statement}`);
  }
  const bad = loaded.filter((one) => !isGood(one));
  for (const one of bad) lines.push(...describeBad(one, verbose));
  if (verbose) {
    for (const { one, skipped } of cases) if (skipped !== undefined) lines.push(`  not loaded: ${one.id}: ${skipped}`);
    for (const { one, unfilled } of cases)
      if (unfilled.length > 0) lines.push(`  no rows: ${one.id}: ${unfilled.join(', ')}`);
  }
  return lines.join('\n');
}

/** How many tables are altered by which algorithm, where plans say it. */
function algorithmLine(outcomes: readonly Outcome[]): readonly string[] {
  const alters = outcomes
    .flatMap(({ script }) => script.split(';\n'))
    .filter((sql) => /^(?:set statement .* for )?alter table/m.test(sql));
  const asked = alters.map((sql) => /\balgorithm=(\w+)(?:, lock=(\w+))?/.exec(sql)?.slice(1));
  if (asked.every((one) => one === undefined)) return [];
  const groups = Map.groupBy(
    asked,
    (one) => one?.filter((word) => word !== undefined).join(' lock ') ?? 'not asked for',
  );
  const counts = [...groups].map(([how, found]) => `${how} ${found.length}`).toSorted();
  return [`  of ${alters.length} altered tables: ${counts.join(', ')}`];
}

function obstacleLines(cases: readonly CaseReport[], verbose: boolean): readonly string[] {
  if (!verbose) return [];
  return cases.flatMap(({ one, forward, backward }) =>
    [forward, backward].flatMap((outcome) =>
      outcome?.obstacle === undefined ? [] : [`    rows in the way of ${one.id}: ${outcome.obstacle}`],
    ),
  );
}

function describeBad({ one, forward, backward }: CaseReport, verbose: boolean): readonly string[] {
  const ways = [
    ['there', forward],
    ['back', backward],
  ] as const;
  return ways.flatMap(([way, outcome]) => {
    if (outcome === undefined || isFine(outcome)) return [];
    const { state, reason = '', recreated, lost, script } = outcome;
    const facts = [
      state,
      ...(recreated.length > 0 ? [`recreated ${recreated.join(', ')}`] : []),
      ...(lost.length > 0 ? [`rows lost in ${lost.join(', ')}`] : []),
    ];
    const shown = verbose ? reason : (reason.split('\n')[0] ?? '').slice(0, 160);
    return [
      `  ${way} ${one.id}: ${facts.join('; ')}${shown === '' ? '' : `: ${shown}`}`,
      ...(verbose && script !== '' ? [script.replaceAll(/^/gm, '      ')] : []),
    ];
  });
}
