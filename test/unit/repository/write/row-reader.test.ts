import { afterEach, expect, test, vi } from 'vitest';
import { compileRowReader, type RowReader } from '../../../../src/repository/write/row-reader.ts';
import type { Field } from '../../../../src/repository/table-plan.ts';

const keys = ['id', 'two words', `it's "quoted"\n`, '__proto__', 'constructor2'];
const fields = keys.map((key) => ({ key })) as unknown as readonly Field[];

afterEach(() => {
  vi.unstubAllGlobals();
});

function looping(): RowReader {
  vi.stubGlobal('Function', function refuse() {
    throw new EvalError('code generation from strings disallowed for this context');
  });
  return compileRowReader(fields);
}

test('reads what an object gives for each field, with and without generated code', () => {
  const row = JSON.parse(String.raw`{"it's \"quoted\"\n": 3, "two words": null, "__proto__": 4, "other": 5}`) as object;

  for (const read of [compileRowReader(fields), looping()])
    expect(read(row)).toEqual([undefined, null, 3, 4, undefined]);
});

test('reads properties that a class computes', () => {
  class Counted {
    get id(): number {
      return 7;
    }
  }

  for (const read of [compileRowReader(fields.slice(0, 2)), looping()])
    expect(read(new Counted()).slice(0, 2)).toEqual([7, undefined]);
});
