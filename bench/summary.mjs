const engines = ['postgresql', 'mariadb', 'sqlite'];
const shown = ['point read', 'list 100', 'include', 'insert', 'update', 'bulk 1000'];

/** The table of the README: client CPU as a ratio to the raw driver, engine by engine, in Markdown. */
export function summaryTable({ calls }) {
  const head = ['client CPU, raw driver = 1', ...shown];
  const lines = engines.flatMap((engine) =>
    linesOf(
      engine,
      calls.filter((one) => one.engine === engine && one.inFlight === 1),
    ),
  );
  return [head, head.map((_, at) => (at === 0 ? '---' : '---:')), ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function linesOf(engine, found) {
  const workloads = shown.map((name) => found.find(({ workload }) => workload === name));
  const names = [...new Set(workloads.flatMap((one) => one?.rows.map(({ name }) => name) ?? []))];
  return names
    .filter((name) => !name.startsWith('raw'))
    .map((name) => [`${titles[engine]}: ${name}`, ...workloads.map((one) => cellOf(one, name))]);
}

const titles = { postgresql: 'PostgreSQL', mariadb: 'MariaDB', sqlite: 'SQLite' };

function cellOf(workload, name) {
  const row = workload?.rows.find((one) => one.name === name);
  return row === undefined ? '–' : row.cpu.ratio.toFixed(row.cpu.ratio < 9.95 ? 2 : 1);
}
