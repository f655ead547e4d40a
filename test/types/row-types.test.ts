import { expectTypeOf, test } from 'vitest';
import { uuidv7 } from '../../src/schema/column/defaults.ts';
import { bigint, enumType, integer, json, text, timestamptz, uuid } from '../../src/schema/column/types.ts';
import { table } from '../../src/schema/table/table.ts';
import { softDelete, timestamps } from '../../src/schema/table/traits.ts';
import { sql } from '../../src/sql/sql.ts';

const mood = enumType('mood', ['sad', 'ok']);
const people = table('person', {
  id: uuid().primaryKey().default(uuidv7()),
  email: text({ max: 255 }),
  visits: bigint().default(0n),
  mood: mood().null(),
  address: json().as<{ street: string }>(),
  exact: timestamptz({ precision: 6 }).null(),
  double: integer().generatedAs(sql`1 + 1`),
  ...timestamps(),
  ...softDelete(),
});

type Row = typeof people.$row;
type Insert = typeof people.$insert;
type Patch = typeof people.$patch;

test('a row has every column with its value', () => {
  expectTypeOf<Row['id']>().toEqualTypeOf<string>();
  expectTypeOf<Row['visits']>().toEqualTypeOf<bigint>();
  expectTypeOf<Row['mood']>().toEqualTypeOf<'sad' | 'ok' | null>();
  expectTypeOf<Row['address']>().toEqualTypeOf<{ street: string }>();
  expectTypeOf<Row['exact']>().toEqualTypeOf<string | null>();
  expectTypeOf<Row['createdAt']>().toEqualTypeOf<Date>();
  expectTypeOf<Row['deletedAt']>().toEqualTypeOf<Date | null>();
});

test('an insert needs what has no default and cannot give what is generated', () => {
  const insert: Insert = { email: 'a@b.c', address: { street: 'x' } };
  expectTypeOf(insert).toExtend<Insert>();
  // @ts-expect-error email is required
  const missing: Insert = { address: { street: 'x' } };
  // @ts-expect-error a generated column cannot be given
  const generated: Insert = { email: 'a', address: { street: 'x' }, double: 2 };
  expectTypeOf([missing, generated]).toExtend<readonly unknown[]>();
});

test('a patch changes only what may change', () => {
  const patch: Patch = { email: 'new', mood: null };
  expectTypeOf(patch).toExtend<Patch>();
  // @ts-expect-error a key cannot change
  const key: Patch = { id: 'x' };
  // @ts-expect-error undefined is not a value
  const undefinedValue: Patch = { email: undefined };
  expectTypeOf([key, undefinedValue]).toExtend<readonly unknown[]>();
});
