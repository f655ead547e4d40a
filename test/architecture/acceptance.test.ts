import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

interface Row {
  readonly id: string;
  readonly state: string;
  readonly proof: string;
}

const rows = readRows();

describe('docs/acceptance.md', () => {
  test('has every row of the acceptance list once', () => {
    expect(rows.length).toBe(new Set(rows.map(({ id }) => id)).size);
    expect(rows.length).toBe(287);
  });

  test('knows two states', () => {
    const others = rows.filter(({ state }) => state !== 'works' && state !== 'not yet');

    expect(others).toEqual([]);
  });

  test('names a test for each row that works, and the test exists', () => {
    const unproved = rows
      .filter(({ state, proof }) => state === 'works' && !proofExists(proof))
      .map(({ id, proof }) => `${id}: ${proof}`);

    expect(unproved).toEqual([]);
  });
});

/** Rows look like `| A01 | works | test/integration/x.test.ts: title of the test | what |`. */
function readRows(): readonly Row[] {
  return readFileSync('docs/acceptance.md', 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, id = '', state = '', proof = ''] = line.split('|').map((cell) => cell.trim());
      return /^[A-Z]\d\d$/.test(id) ? [{ id, state, proof }] : [];
    });
}

/** `FILE: TITLE`: the file holds the title between quotes. */
function proofExists(proof: string): boolean {
  const [file = '', ...rest] = proof.replaceAll('`', '').split(': ');
  const title = rest.join(': ');
  if (title === '' || !file.startsWith('test/') || !existsSync(file)) return false;
  return [`'${title}'`, `"${title}"`, `\`${title}\``].some((quoted) => readFileSync(file, 'utf8').includes(quoted));
}
