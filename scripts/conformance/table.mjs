/** `get (postgresql-15)` → what is tested, and on which server. */
const ofServer = /^(.*) \(([^()]+)\)$/;

const terminalColumns = 80;

const legend = 'cases that passed, by verb and server; ✗ failed, – does not exist there';

/**
 * The table of what passed, as wide as a terminal: a line for each verb, then for each subject of several verbs, and a
 * column for each server.
 *
 * @param {{ testResults: readonly { name: string, assertionResults: readonly TestResult[] }[] }} report vitest's, as JSON
 * @returns {{ lines: readonly string[], passed: number, failed: number }}
 * @typedef {{ ancestorTitles: readonly string[], status: string }} TestResult
 */
export function conformanceTable(report) {
  const files = report.testResults.filter(({ name }) => name.includes('/test/conformance/'));
  const cases = files.flatMap(({ assertionResults }) => assertionResults.flatMap(toCase));
  const count = (...states) => cases.filter(({ status }) => states.includes(status)).length;
  return {
    lines: cases.length === 0 ? [] : tableLines(cases),
    passed: count('passed'),
    failed: count('failed') + files.filter(({ assertionResults }) => assertionResults.length === 0).length,
  };
}

/** The innermost title names the subject, a verb when it has no server in brackets; the title that has one says where. */
function toCase({ ancestorTitles, status }) {
  const match = ancestorTitles.map((title) => ofServer.exec(title)).find(Boolean);
  if (!match) return [];
  const innermost = ancestorTitles.at(-1);
  const isVerb = !ofServer.test(innermost);
  return [{ subject: isVerb ? innermost : match[1], isVerb, server: match[2], status }];
}

function tableLines(cases) {
  const servers = [...new Set(cases.map(({ server }) => server))];
  const verbs = sorted(cases.filter(({ isVerb }) => isVerb));
  const others = sorted(cases).filter((subject) => !verbs.includes(subject));
  const cellsOf = (subject) =>
    servers.map((server) => cellText(cases.filter((one) => one.subject === subject && one.server === server)));
  const passed = servers.map((server) =>
    String(cases.filter((one) => one.server === server && one.status === 'passed').length),
  );
  const { engines, parts } = headings(servers);
  const widths = columnWidths({ engines, parts }, [passed, ...verbs.map(cellsOf), ...others.map(cellsOf)]);
  const longest = Math.max(...[...verbs, ...others].map(({ length }) => length));
  const room = Math.min(terminalColumns - sum(widths), longest + 2);
  const line = (subject, cells) =>
    `${cut(subject, room - 2).padEnd(room)}${cells.map((cell, at) => cell.padEnd(widths[at])).join('')}`.trimEnd();
  const above = engines.map((engine, at) =>
    engine.padEnd(engine === '' ? 0 : sum(widths.slice(at, endOfEngine(engines, at)))),
  );
  return [
    legend,
    '',
    `${' '.repeat(room)}${above.join('')}`.trimEnd(),
    ...parts.map((cells) => line('', cells)),
    ...verbs.map((subject) => line(subject, cellsOf(subject))),
    '',
    ...others.map((subject) => line(subject, cellsOf(subject))),
    '',
    line('all', passed),
  ];
}

function sorted(cases) {
  return [...new Set(cases.map(({ subject }) => subject))].toSorted((a, b) => a.localeCompare(b));
}

/** The parts of the servers' names one below the other; what neighbours begin with stands above the first of them. */
function headings(servers) {
  const names = servers.map((server) => server.split('-'));
  const depth = Math.max(...names.map(({ length }) => length)) - 1;
  const engines = names.map(([engine], at) => (engine === names[at - 1]?.[0] ? '' : engine));
  const parts = Array.from({ length: depth }, (_, row) => names.map((name) => name.slice(1).at(row - depth) ?? ''));
  return { engines, parts };
}

/** Two blanks behind each column; the last column of an engine makes room for the engine's name above its columns. */
function columnWidths({ engines, parts }, rows) {
  const widths = engines.map((_, at) => Math.max(...[...parts, ...rows].map((cells) => cells[at].length)) + 2);
  for (const [at, engine] of engines.entries()) {
    if (engine === '') continue;
    const end = endOfEngine(engines, at);
    widths[end - 1] += Math.max(0, engine.length + 2 - sum(widths.slice(at, end)));
  }
  return widths;
}

function endOfEngine(engines, start) {
  const next = engines.findIndex((engine, at) => at > start && engine !== '');
  return next === -1 ? engines.length : next;
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

function cut(text, width) {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}

function cellText(cases) {
  const having = (state) => cases.filter(({ status }) => status === state).length;
  if (having('failed') > 0) return `✗ ${having('failed')}`;
  return having('passed') === 0 ? '–' : String(having('passed'));
}
