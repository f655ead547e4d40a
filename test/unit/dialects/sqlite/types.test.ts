import { expect, test } from 'vitest';
import { typeCases } from '../../../integration/dialects/type-cases.ts';
import { affinityOf } from '../../../../src/dialects/sqlite/types/affinity.ts';
import { sqliteTypes } from '../../../../src/dialects/sqlite/types.ts';
import { declaredType } from '../../../../src/dialects/sqlite/types/declared-type.ts';
import { readType } from '../../../../src/dialects/sqlite/types/read-type.ts';

const kept = typeCases.filter(({ type }) => sqliteTypes.unsupported(type) === undefined && type.kind !== 'enum');

test.each(kept)('$name is read as it was declared', ({ type }) => {
  expect(readType(declaredType(type))).toEqual(type);
  expect(sqliteTypes.canonical(type)).toEqual(type);
});

const foreign: readonly (readonly [string, unknown])[] = [
  ['INTEGER', { kind: 'integer' }],
  ['int(11)', { kind: 'integer' }],
  ['TINYINT', { kind: 'smallint' }],
  ['NVARCHAR(160)', { kind: 'varchar', length: 160 }],
  ['varchar ( 10 )', { kind: 'varchar', length: 10 }],
  ['VARYING  CHARACTER(255)', { kind: 'varchar', length: 255 }],
  ['VARCHAR', { kind: 'text' }],
  ['CHARACTER(20)', { kind: 'char', length: 20 }],
  ['CLOB', { kind: 'text' }],
  ['NUMERIC(10,2)', { kind: 'decimal', precision: 10, scale: 2 }],
  ['NUMERIC(10)', { kind: 'decimal', precision: 10, scale: 0 }],
  ['DECIMAL', { kind: 'decimal' }],
  ['REAL', { kind: 'double' }],
  ['FLOAT', { kind: 'double' }],
  ['DOUBLE PRECISION', { kind: 'double' }],
  ['DATETIME', { kind: 'timestamp', precision: 0 }],
  ['datetime(6)', { kind: 'timestamp', precision: 6 }],
  ['datetime(9)', { kind: 'native', type: 'datetime(9)' }],
  ['DATE', { kind: 'date' }],
  ['BOOLEAN', { kind: 'boolean' }],
  ['JSON', { kind: 'json' }],
  ['UUID', { kind: 'uuid' }],
  ['BLOB SUB_TYPE TEXT', { kind: 'native', type: 'blob sub_type text' }],
  ['constructor', { kind: 'native', type: 'constructor' }],
  ['', { kind: 'native', type: '' }],
  ['unsigned big int', { kind: 'native', type: 'unsigned big int' }],
];

test.each(foreign)('a column declared %s is understood', (declared, expected) => {
  const type = readType(declared);

  expect(type).toEqual(expected);
  expect(sqliteTypes.canonical(type)).toEqual(type);
});

test.each([
  ['int', 'integer'],
  ['point', 'integer'],
  ['charint', 'integer'],
  ['nvarchar(20)', 'text'],
  ['timestamp_text(0)', 'text'],
  ['clob', 'text'],
  ['', 'blob'],
  ['blob', 'blob'],
  ['double precision', 'real'],
  ['float4', 'real'],
  ['datetime', 'numeric'],
  ['decimal(10,2)', 'numeric'],
  ['boolean', 'numeric'],
])('%j is stored as %s', (declared, affinity) => {
  expect(affinityOf(declared)).toBe(affinity);
});
