import { busy } from './rounds.mjs';

const nameWidth = 46;
const cellWidth = 10;

/** What a run found, as text of at most 100 columns. */
export function report({ machine, sections, growth, missing }) {
  const absent = missing.map((name) => `${name}: left out, its command failed here`);
  return [
    ...machine,
    '',
    ...sections.flatMap((section) => [sectionText(section), '']),
    ...growthTable(growth),
    ...absent,
  ]
    .join('\n')
    .trimEnd();
}

/** One table: wall time, processor time of the client and of the server, and the ratio of their sum to the first line's. */
export function sectionText({ title, rows }) {
  const head =
    title.padEnd(nameWidth) + ['wall', 'CPU', 'server', 'ratio'].map((word) => word.padStart(cellWidth)).join('');
  return [head, ...rows.map((row) => line(row))].join('\n');
}

function line({ name, wallMs, cpuMs, serverMs, ratio, target }) {
  const cells = [ms(wallMs), ms(cpuMs), serverMs === 0 ? '–' : ms(serverMs), `${ratio.toFixed(2)}×`];
  const verdict = target === undefined ? '' : `  ${wallMs <= target ? 'met' : 'missed'}: ${ms(target)}`;
  return name.padEnd(nameWidth) + cells.map((cell) => cell.padStart(cellWidth)).join('') + verdict;
}

function growthTable(growth) {
  if (growth.length === 0) return [];
  const sizes = growth[0].points.map(({ tables }) => `${tables}`);
  const head = 'growth: CPU of client and server, by tables'.padEnd(nameWidth);
  return [
    head + [...sizes, 'exponent'].map((word) => word.padStart(cellWidth)).join(''),
    ...growth.map(({ name, points }) => {
      const cells = [...points.map((point) => ms(busy(point))), exponent(points).toFixed(2)];
      return name.padEnd(nameWidth) + cells.map((cell) => cell.padStart(cellWidth)).join('');
    }),
    '',
  ];
}

/**
 * The slope of time over size, both as logarithms, of what is above the first point: 1 is linear, 2 is quadratic. The
 * first point is all but empty, so it is what starting costs.
 */
export function exponent([base, ...points]) {
  const logs = points.map((point) => [Math.log(point.tables), Math.log(Math.max(1, busy(point) - busy(base)))]);
  const mean = (of) => logs.reduce((sum, log) => sum + of(log), 0) / logs.length;
  const [x, y] = [mean(([log]) => log), mean(([, log]) => log)];
  const along = logs.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  return along / logs.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
}

function ms(value) {
  return value < 9_995 ? `${value.toFixed(0)} ms` : `${(value / 1000).toFixed(1)} s`;
}
