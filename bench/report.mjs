const nameWidth = 22;
const cellWidth = 13;

/** The tables of a run: what each call costs, with its ratio to the raw driver. */
export function report({ machine, pace, missing, calls = [], tenant, rest, growth, cost }) {
  const medians = `medians of ${pace.callSlices} rounds in turns, of ${pace.slices} for bulk 100k; ratios: median of the rounds' ratios to raw`;
  const absent = Object.entries(missing).map(([name, reason]) => `${name} is left out: ${reason}.`);
  const parts = [
    [machine, medians, ...absent, ''],
    ...[...new Set(calls.map(({ engine }) => engine))].map((engine) =>
      engineTables(calls.filter((one) => one.engine === engine)),
    ),
    ...[tenant, rest, growth, cost].filter((part) => part !== undefined).map(({ text }) => [text, '']),
  ];
  return parts.flat().join('\n').trimEnd();
}

const reads = new Set(['point read', 'list 100', 'page', 'include', 'two levels']);

function engineTables(found) {
  const [{ engine, version }] = found;
  const title = version === undefined ? engine : `${engine} ${version}`;
  const one = found.filter(({ inFlight }) => inFlight === 1);
  const many = found.filter(({ inFlight }) => inFlight > 1);
  const kinds = [one.filter(({ workload }) => reads.has(workload)), one.filter(({ workload }) => !reads.has(workload))];
  const each = (what, figure) => kinds.flatMap((kind) => table(`${title}: ${what}`, kind, figure));
  return [
    ...each('client CPU per call in µs, and ratio to the raw driver', ({ cpu }) => ratioCell(cpu)),
    ...each('latency per call in µs, p50 and p99', ({ p50, p99 }) => `${short(p50.us)} ${short(p99.us)}`),
    ...each('memory: growth of the process in MB', ({ rssMb }) => rssMb.toFixed(0)),
    ...table(`${title}: 32 in flight on 10 connections, client CPU per call in µs, and ratio`, many, ({ cpu }) =>
      ratioCell(cpu),
    ),
    ...table(`${title}: 32 in flight, calls per second, and ratio`, many, ({ wall }) =>
      ratioCell({ us: 1_000_000 / wall.us, ratio: 1 / wall.ratio }),
    ),
    ...table(
      `${title}: 32 in flight, latency per call in µs, p50 and p99`,
      many,
      ({ p50, p99 }) => `${short(p50.us)} ${short(p99.us)}`,
    ),
  ];
}

function table(title, found, cellOf) {
  if (found.length === 0) return [];
  const head = ''.padEnd(nameWidth) + found.map(({ workload }) => workload.padStart(cellWidth)).join('');
  const names = [...new Set(found.flatMap(({ rows }) => rows.map(({ name }) => name)))];
  const lines = names.map((name) => {
    const cells = found.map(({ rows }) => {
      const row = rows.find((one) => one.name === name);
      return (row === undefined ? '–' : cellOf(row)).padStart(cellWidth);
    });
    return name.padEnd(nameWidth) + cells.join('');
  });
  return [title, head, ...lines, ''];
}

/** A figure and its ratio: `62.4 0.79×`. */
export function ratioCell({ us, ratio }) {
  return `${short(us)} ${ratio.toFixed(ratio < 9.995 ? 2 : 1)}×`;
}

/** Three digits where there are decimals, thousands as `12k`. */
export function short(figure) {
  if (figure < 99.95) return figure.toFixed(1);
  return figure < 99_950 ? figure.toFixed(0) : `${(figure / 1000).toFixed(0)}k`;
}
