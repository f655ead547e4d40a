const nameWidth = 20;
const cellWidth = 12;

/** The tables of a run, 80 columns wide: CPU of the client and median latency of each call, with its ratio to raw. */
export function report(found, missing) {
  const engines = [...new Set(found.map(({ engine }) => engine))];
  const tables = engines.flatMap((engine) => {
    const workloads = found.filter((one) => one.engine === engine);
    return [
      ...table(`${engine}: client CPU per call in µs, and ratio to the raw driver`, workloads, ({ cpu }) => cpu),
      ...table(`${engine}: p50 of the latency per call in µs, and ratio`, workloads, ({ p50 }) => p50),
    ];
  });
  const absent = Object.entries(missing).map(([name, reason]) => `${name} is left out: ${reason}.`);
  return [...tables, ...absent].join('\n').trimEnd();
}

function table(title, workloads, figure) {
  const head = ''.padEnd(nameWidth) + workloads.map(({ workload }) => workload.padStart(cellWidth)).join('');
  const names = [...new Set(workloads.flatMap(({ rows }) => rows.map(({ name }) => name)))];
  const lines = names.map((name) => {
    const cells = workloads.map(({ rows }) =>
      cell(
        rows.find((row) => row.name === name),
        figure,
      ),
    );
    return name.padEnd(nameWidth) + cells.join('');
  });
  return [title, head, ...lines, ''];
}

function cell(row, figure) {
  if (row === undefined) return '–'.padStart(cellWidth);
  const { us, ratio } = figure(row);
  return `${us.toFixed(us < 99.95 ? 1 : 0)} ${ratio.toFixed(ratio < 9.995 ? 2 : 1)}×`.padStart(cellWidth);
}
