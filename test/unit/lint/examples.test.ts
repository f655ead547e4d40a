import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lintRevisions } from '../../../src/cli/lint-targets.ts';
import { loadRevisions } from '../../../src/migration/revision/load-revisions.ts';
import { lintDialects } from './lint-dialects.ts';

const histories = globSync('examples/**/migrations').toSorted();

describe.each(histories)('%s', (history) => {
  test.each(lintDialects)('breaks no rule on $name', async (dialect) => {
    const graph = await loadRevisions(resolve(history));

    const found = await lintRevisions(graph.ordered, graph, dialect, { directory: resolve('.') });

    expect(graph.ordered.length).toBeGreaterThan(0);
    expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

test('every example is looked at', () => {
  expect(histories.length).toBeGreaterThan(4);
});
