import { expectTypeOf, test } from 'vitest';
import type { Kysely, Selectable } from 'kysely';
import type { KyselyDatabase } from '../../src/kysely/kysely-database.ts';
import type { SnakeCase } from '../../src/kysely/snake-case.ts';
import { uuidv7 } from '../../src/schema/column/defaults.ts';
import { bigint, integer, text, timestamptz, uuid } from '../../src/schema/column/types.ts';
import { relations } from '../../src/schema/relations/relations.ts';
import { table } from '../../src/schema/table/table.ts';
import { softDelete } from '../../src/schema/table/traits.ts';
import { sql } from '../../src/sql/sql.ts';

const people = table('person', {
  id: uuid().primaryKey().default(uuidv7()),
  fullName: text({ max: 80 }),
  visits: bigint().default(0n),
  homeURL: text().named('home_page').null(),
  nameSize: integer().generatedAs(sql`length(full_name)`),
  ...softDelete(),
});
const invoices = table('invoice', { id: integer().primaryKey(), paidOn: timestamptz().null() }, () => [], {
  namespace: 'billing',
});
const schema = { people, invoices, linked: relations({ people }, () => ({ people: {} })), note: 'no table' };

type Tables = KyselyDatabase<typeof schema>;

test('tables and columns have their names in the database', () => {
  expectTypeOf<keyof Tables>().toEqualTypeOf<'person' | 'billing.invoice'>();
  expectTypeOf<keyof Tables['person']>().toEqualTypeOf<
    'id' | 'full_name' | 'visits' | 'home_page' | 'name_size' | 'deleted_at'
  >();
  expectTypeOf<Selectable<Tables['person']>>().toEqualTypeOf<{
    id: string;
    full_name: string;
    visits: bigint;
    home_page: string | null;
    name_size: number;
    deleted_at: Date | null;
  }>();
});

test('a property is turned into a name as it is at run time', () => {
  expectTypeOf<SnakeCase<'createdAt'>>().toEqualTypeOf<'created_at'>();
  expectTypeOf<SnakeCase<'HTTPStatus'>>().toEqualTypeOf<'http_status'>();
  expectTypeOf<SnakeCase<'aBCd'>>().toEqualTypeOf<'a_b_cd'>();
  expectTypeOf<SnakeCase<'line2Text'>>().toEqualTypeOf<'line2_text'>();
  expectTypeOf<SnakeCase<'ID'>>().toEqualTypeOf<'id'>();
  expectTypeOf<SnakeCase<'sha256'>>().toEqualTypeOf<'sha256'>();
  expectTypeOf<SnakeCase<'is_OK'>>().toEqualTypeOf<'is_ok'>();
});

test('a query with a column or a value that is not there does not compile', () => {
  const write = (kysely: Kysely<Tables>): readonly unknown[] => [
    kysely.selectFrom('billing.invoice').select('paid_on'),
    kysely.insertInto('person').values({ full_name: 'Ada' }),
    // @ts-expect-error the property's name is not the column's
    kysely.selectFrom('person').select('fullName'),
    // @ts-expect-error there is no such table
    kysely.selectFrom('people'),
    // @ts-expect-error visits is a bigint
    kysely.selectFrom('person').where('visits', '=', 'many'),
    // @ts-expect-error a name is required
    kysely.insertInto('person').values({ visits: 1n }),
    // @ts-expect-error a generated column cannot be given
    kysely.insertInto('person').values({ full_name: 'Ada', name_size: 3 }),
    // @ts-expect-error a key cannot change
    kysely.updateTable('person').set({ id: 'x' }),
  ];
  expectTypeOf(write).returns.toEqualTypeOf<readonly unknown[]>();
});
