import { describe, expect, test } from 'vitest';
import type { ColumnType } from '../../../src/catalog/model/column-type.ts';
import { orNull } from '../../../src/http/wire/json-schema.ts';
import { mergePatch } from '../../../src/http/wire/merge-patch.ts';
import { wireType } from '../../../src/http/wire/wire-type.ts';

const roundTrips: readonly (readonly [ColumnType, unknown, unknown])[] = [
  [{ kind: 'smallint' }, -32_768, -32_768],
  [{ kind: 'integer' }, 7, 7],
  [{ kind: 'bigint' }, 9_007_199_254_740_993n, '9007199254740993'],
  [{ kind: 'decimal', precision: 5, scale: 2 }, '123.40', '123.40'],
  [{ kind: 'double' }, 0.1, 0.1],
  [{ kind: 'boolean' }, false, false],
  [{ kind: 'text' }, 'ä', 'ä'],
  [{ kind: 'bytes' }, new Uint8Array([0, 255, 16]), 'AP8Q'],
  [{ kind: 'uuid' }, '01890a5d-ac96-774b-bcce-b302099a8057', '01890a5d-ac96-774b-bcce-b302099a8057'],
  [{ kind: 'date' }, '2026-02-28', '2026-02-28'],
  [{ kind: 'time', precision: 3 }, '13:45:00.250', '13:45:00.250'],
  [{ kind: 'timestamp', precision: 0 }, '2026-11-21T13:45:00', '2026-11-21T13:45:00'],
  [{ kind: 'timestamptz', precision: 3 }, new Date('2026-11-21T13:45:00.250Z'), '2026-11-21T13:45:00.250Z'],
  [{ kind: 'timestamptz', precision: 6 }, '2026-11-21T13:45:00.123456Z', '2026-11-21T13:45:00.123456Z'],
  [{ kind: 'interval' }, 'P1DT2H', 'P1DT2H'],
  [{ kind: 'json' }, { a: [1, null] }, { a: [1, null] }],
  [{ kind: 'array', of: { kind: 'bigint' } }, [1n, null], ['1', null]],
  [{ kind: 'vector', dimensions: 2 }, [1, 0.5], [1, 0.5]],
];

const refused: readonly (readonly [ColumnType, unknown])[] = [
  [{ kind: 'smallint' }, 32_768],
  [{ kind: 'integer' }, '7'],
  [{ kind: 'integer' }, 1.5],
  [{ kind: 'bigint' }, 7],
  [{ kind: 'bigint' }, '9223372036854775808'],
  [{ kind: 'bigint' }, '0x10'],
  [{ kind: 'decimal', precision: 5, scale: 2 }, '1.234'],
  [{ kind: 'decimal', precision: 5, scale: 2 }, 1.5],
  [{ kind: 'boolean' }, 'true'],
  [{ kind: 'varchar', length: 2 }, 'abc'],
  [{ kind: 'text' }, 'a\0b'],
  [{ kind: 'bytes' }, 'AP8'.repeat(3)],
  [{ kind: 'bytes' }, '***'],
  [{ kind: 'uuid' }, 'not-a-uuid'],
  [{ kind: 'date' }, '2026-02-29'],
  [{ kind: 'timestamptz', precision: 3 }, '2026-11-21T13:45:00'],
  [{ kind: 'timestamptz', precision: 3 }, '2026-02-30T00:00:00Z'],
  [{ kind: 'timestamptz', precision: 3 }, '2026-11-21T13:45:00.1234Z'],
  [{ kind: 'timestamptz', precision: 0 }, '2026-11-21T13:45:00.5Z'],
  [{ kind: 'json' }, 'a\0b'],
  [{ kind: 'array', of: { kind: 'integer' } }, [1, 'two']],
  [{ kind: 'vector', dimensions: 2 }, [1]],
];

describe('a value on the wire', () => {
  test.each(roundTrips)('%o: %o is %o and comes back', (type, value, json) => {
    const wire = wireType(type);

    expect(wire.toWire(value)).toEqual(json);
    expect(wire.fromWire(json)).toEqual(value);
  });

  test.each(refused)('%o is never %o', (type, json) => {
    expect(() => wireType(type).fromWire(json)).toThrow(expect.objectContaining({ code: 'VALUE_INVALID' }));
  });

  test('is one of the values of an enum', () => {
    const mood = wireType({ kind: 'enum', name: 'mood' }, ['sad', 'ok']);

    expect(mood.fromWire('ok')).toBe('ok');
    expect(() => mood.fromWire('happy')).toThrow(expect.objectContaining({ code: 'VALUE_INVALID' }));
    expect(orNull(mood.schema)).toEqual({ type: ['string', 'null'], enum: ['sad', 'ok', null] });
  });

  test('is a moment in any zone', () => {
    const moment = wireType({ kind: 'timestamptz', precision: 3 });

    expect(moment.fromWire('2026-11-21t14:45:00.25000+01:00')).toEqual(new Date('2026-11-21T13:45:00.250Z'));
  });
});

describe('a merge patch', () => {
  // The cases of RFC 7396, appendix A.
  test.each([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ a: 'b' }, ['c'], ['c']],
    [{ a: 'foo' }, null, null],
    [{ a: 'foo' }, 'bar', 'bar'],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('%o with %o is %o', (target, patch, result) => {
    expect(mergePatch(target, patch)).toEqual(result);
  });
});
