import { expect, test } from 'vitest';
import { sourceFiles } from '../../architecture/source-files.ts';

test('a client needs nothing of Node, and little else', () => {
  const files = new Map(sourceFiles().map((file) => [file.path, file]));
  const reached = new Set(['src/client/index.ts']);
  const outside = new Set<string>();
  for (const path of reached) {
    for (const { target, typeOnly } of files.get(path)?.imports ?? []) {
      if (typeOnly) continue;
      if (files.has(target)) reached.add(target);
      else outside.add(target);
    }
  }

  const texts = [...reached].map((path) => files.get(path)?.text ?? '');
  expect([...outside]).toEqual([]);
  expect(reached.size).toBeLessThan(14);
  expect(texts.filter((text) => /\b(?:Buffer|process)\b\./.test(text))).toEqual([]);
});
