const ofServer = /\(([^()]+)\)$/;

/** The lines of a terminal are not longer. */
const columns = 80;

/**
 * Each claim with the servers on which it was seen to hold and what was measured there.
 *
 * @param {readonly { claim: string, file: string, title: string }[]} claims
 * @param {{ testResults: readonly { name: string, assertionResults: readonly TestResult[] }[] }} report vitest's, as JSON
 * @returns {{ lines: readonly string[], unproved: number }} unproved: claims with a failed test or without a test
 * @typedef {{ ancestorTitles: readonly string[], title: string, status: string, duration?: number, meta: { figures?: string } }} TestResult
 */
export function reliabilityReport(claims, { testResults }) {
  const proofs = claims.map(({ claim, file, title }) => {
    const tests = testResults.filter(({ name }) => name.endsWith(`/${file}`)).flatMap((one) => one.assertionResults);
    return { claim, tests: tests.filter((test) => test.title.startsWith(title) && test.status !== 'skipped') };
  });
  const holds = ({ tests }) => tests.length > 0 && tests.every(({ status }) => status === 'passed');
  const unproved = proofs.filter((proof) => !holds(proof)).length;
  return {
    lines: [
      ...proofs.flatMap((proof) => [
        ...wrapped(`${holds(proof) ? 'holds' : 'FAILED'}  `, proof.claim),
        ...proof.tests.flatMap(serverLines),
        '',
      ]),
      `${claims.length - unproved} of ${claims.length} claims hold`,
    ],
    unproved,
  };
}

function serverLines({ ancestorTitles, status, duration = 0, meta }) {
  const [, server = ''] = ancestorTitles.map((title) => ofServer.exec(title)).find(Boolean) ?? [];
  const figures = meta.figures ?? '';
  const seconds = `${(duration / 1000).toFixed(1)} s`;
  return wrapped(
    `  ${server.padEnd(23)}`,
    [status === 'passed' ? '' : 'FAILED', figures, seconds].filter(Boolean).join('; '),
  );
}

/** Words after a heading, in lines that begin below the first word. */
function wrapped(heading, text) {
  const lines = [heading];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line.length + word.length >= columns && line.trim() !== '') lines.push(`${' '.repeat(heading.length)}${word} `);
    else lines[lines.length - 1] = `${line}${word} `;
  }
  return lines.map((line) => line.trimEnd());
}
