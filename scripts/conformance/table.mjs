/** `get (postgresql-15)` → what is tested, and on which server. */
const ofServer = /^(.*) \(([^()]+)\)$/;

/**
 * The table of what passed: a line for each verb or subject, a column for each server.
 *
 * @param {{ testResults: readonly { name: string, assertionResults: readonly TestResult[] }[] }} report vitest's, as JSON
 * @returns {{ lines: readonly string[], passed: number, failed: number }}
 * @typedef {{ ancestorTitles: readonly string[], status: string }} TestResult
 */
export function conformanceTable(report) {
  const files = report.testResults.filter(({ name }) => name.includes('/test/conformance/'));
  const cases = files.flatMap(({ assertionResults }) => assertionResults.flatMap(toCase));
  const subjects = [...new Set(cases.map(({ subject }) => subject))].toSorted((a, b) => a.localeCompare(b));
  const servers = [...new Set(cases.map(({ server }) => server))];
  const width = Math.max(...subjects.map((subject) => subject.length), 5) + 2;
  const line = (first, cells) =>
    first.padEnd(width) +
    cells
      .map((cell, at) => cell.padEnd(servers[at].length + 2))
      .join('')
      .trimEnd();
  const cell = (subject, server) => cellText(cases.filter((one) => one.subject === subject && one.server === server));
  const count = (...states) => cases.filter(({ status }) => states.includes(status)).length;
  return {
    lines: [
      line('', servers),
      ...subjects.map((subject) =>
        line(
          subject,
          servers.map((server) => cell(subject, server)),
        ),
      ),
      line(
        'cases',
        servers.map((server) => String(cases.filter((one) => one.server === server && one.status === 'passed').length)),
      ),
    ],
    passed: count('passed'),
    failed: count('failed') + files.filter(({ assertionResults }) => assertionResults.length === 0).length,
  };
}

/** The innermost title names the subject; the one with a server in brackets says where. */
function toCase({ ancestorTitles, status }) {
  const match = ancestorTitles.map((title) => ofServer.exec(title)).find(Boolean);
  if (!match) return [];
  const innermost = ancestorTitles.at(-1);
  return [{ subject: ofServer.test(innermost) ? match[1] : innermost, server: match[2], status }];
}

function cellText(cases) {
  const passed = cases.filter(({ status }) => status === 'passed').length;
  if (cases.some(({ status }) => status === 'failed')) return `FAILED ${cases.length - passed}`;
  return passed === 0 ? '-' : `ok ${passed}`;
}
