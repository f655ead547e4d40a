import { describe, expect, test } from 'vitest';
import { readLiteralModule } from '../../../../src/migration/revision/literal-reader.ts';
import { renderRevision } from '../../../../src/migration/revision/write-revision.ts';

const revision = {
  id: '1a2b3c4d5e6f',
  parents: [],
  message: 'it\'s a "first" step\n\u2028with \\ and \u00e9',
  up: [
    { kind: 'raw-sql' as const, up: { any: 'select 1 -- not a comment', 'quoted-key': "'" } },
    { kind: 'create-namespace' as const, name: '/* nor this */' },
  ],
};

describe('a file that is one literal', () => {
  test('gives what was written', () => {
    expect(readLiteralModule(renderRevision(revision))).toEqual(revision);
  });

  test('may be formatted by hand, with comments, other quotes and no comma at the end', () => {
    const text = `// who made it
import type { Revision } from "rowhouse/migration";
/* why */
export default {
  id: "a", // short
  'parents': [ ],
  numbers: [-1.5e3, 0, 12],
  nothing: [null, undefined, true, false]
} satisfies Revision
`;

    expect(readLiteralModule(text)).toEqual({
      id: 'a',
      parents: [],
      numbers: [-1500, 0, 12],
      nothing: [null, undefined, true, false],
    });
  });

  test('may hold a long text', () => {
    const long = `it's\\${'x'.repeat(1_000_000)}\n`.repeat(5);

    expect(readLiteralModule(renderRevision({ ...revision, message: long }))).toMatchObject({ message: long });
  });
});

describe('a file that must be run is left to Node', () => {
  test.each([
    ['calls something', "export default make('a');"],
    ['names a value', 'const up = [];\nexport default { up };'],
    ['imports a value', "import { up } from './up.ts';\nexport default { up: up };"],
    ['does something beside', 'export default { id: 1 };\nconsole.log(1);'],
    ['spreads', 'export default { ...{ id: 1 } };'],
    ['computes', 'export default { id: 1 + 1 };'],
    ['computes a key', "export default { ['id']: 1 };"],
    ['has a template', 'export default { id: `a` };'],
    ['has a number of another form', 'export default { id: 0x10, big: 10n };'],
    ['has a number with a point alone', 'export default { id: 1. };'],
    ['has an escape of another form', String.raw`export default { id: '\x41' };`],
    ['has a hole in a list', 'export default { id: [1, , 2] };'],
    ['sets what it inherits from', "export default { '__proto__': { id: 1 } };"],
    ['is not finished', "export default { id: 'a' "],
    ['asserts a type', 'export default { id: 1 } as const;'],
    ['exports nothing', 'const id = 1;'],
    ['calls what it exports', 'export default { id: 1 } satisfies Revision ();'],
    ['breaks a text', "export default { id: 'a\nb' };"],
  ])('that %s', (_, text) => {
    expect(readLiteralModule(text)).toBeUndefined();
  });
});
