import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

interface Row {
  readonly id: string;
  readonly state: string;
  readonly proof: string;
}

const text = readFileSync('docs/acceptance.md', 'utf8');
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

  test('counts its rows truly', () => {
    const [, ...counts] = /^(\d+) of (\d+) rows work, (\d+) do not yet\.$/m.exec(text) ?? [];
    const works = rows.filter(({ state }) => state === 'works').length;

    expect(counts.map(Number)).toEqual([works, rows.length, rows.length - works]);
  });

  test('names a test for each row that works, and the test exists', () => {
    const unproved = rows
      .filter(({ state, proof }) => state === 'works' && !proofsOf(proof).every(proofExists))
      .map(({ id, proof }) => `${id}: ${proof}`);

    expect(unproved).toEqual([]);
  });
});

/** Rows look like `| A01 | works | test/integration/x.test.ts: title of the test | what |`. */
function readRows(): readonly Row[] {
  return text.split('\n').flatMap((line) => {
    const [, id = '', state = '', proof = ''] = line.split('|').map((cell) => cell.trim());
    return /^[A-Z]\d\d$/.test(id) ? [{ id, state, proof }] : [];
  });
}

/** Several proofs are separated by `; `, which a title may hold too: a proof begins with its file. */
function proofsOf(cell: string): readonly string[] {
  return cell.split(/; (?=test\/)/);
}

/** `FILE: TITLE`: the file holds the title between quotes. */
function proofExists(proof: string): boolean {
  const [file = '', ...rest] = proof.replaceAll('`', '').split(': ');
  const title = rest.join(': ');
  if (title === '' || !file.startsWith('test/') || !existsSync(file)) return false;
  return [`'${title}'`, `"${title}"`, `\`${title}\``].some((quoted) => readFileSync(file, 'utf8').includes(quoted));
}
