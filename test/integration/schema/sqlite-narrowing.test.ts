import { expect, test } from 'vitest';
import type { Change } from '../../../src/catalog/change/change.ts';
import { emptyCatalog, type Catalog } from '../../../src/catalog/model/catalog.ts';
import type { ColumnType } from '../../../src/catalog/model/column-type.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { make } from '../dialects/open-connection.ts';
import { runInMode, sqliteDatabase } from '../structure/sqlite-database.ts';

const varchar = (length: number): ColumnType => ({ kind: 'varchar', length });
const decimal = (precision: number, scale: number): ColumnType => ({ kind: 'decimal', precision, scale });
const uuid = '0190f5a0-1111-7222-8333-444455556666';

/** From, to, values that fit, values that do not; as SQL. */
const cases: readonly (readonly [ColumnType, ColumnType, readonly string[], readonly string[]])[] = [
  [varchar(50), varchar(5), ["'fives'", "'äöüßé'"], ["'longer'"]],
  [{ kind: 'text' }, varchar(2), ["'ab'", "''"], ["'abc'"]],
  [varchar(9), { kind: 'char', length: 2 }, ["'ab'", "'ab  '"], ["'abc'"]],
  [{ kind: 'integer' }, { kind: 'smallint' }, ['32767', '-32768'], ['32768', '-32769']],
  [{ kind: 'bigint' }, { kind: 'integer' }, ['-2147483648'], ['2147483648', '9007199254740993']],
  [{ kind: 'double' }, { kind: 'integer' }, ['2.0'], ['2.5', '1e300']],
  [{ kind: 'text' }, { kind: 'integer' }, ["'7'", "'007'"], ["'7 apples'", "'1.5'", "''"]],
  [{ kind: 'integer' }, { kind: 'boolean' }, ['0', '1'], ['2']],
  [{ kind: 'text' }, { kind: 'double' }, ["'1.5'", "'1e3'"], ["'dear'"]],
  [decimal(10, 4), decimal(6, 2), ['1.25', '-9999.99'], ['1.255', '10000']],
  [decimal(20, 4), decimal(18, 2), ["'9999999999999999.99'", "'-0.5000'"], ["'10000000000000000'", "'0.501'"]],
  [{ kind: 'text' }, decimal(6, 2), ["'1.25'"], ["'1.255'", "'dear'"]],
  [{ kind: 'text' }, { kind: 'uuid' }, [`'${uuid}'`], ["'0190f5a0'", `'${uuid}0'`]],
  [{ kind: 'text' }, { kind: 'json' }, [`'{"a": 1}'`], ["'{'"]],
  [{ kind: 'bytes' }, { kind: 'text' }, [], ["x'6162'"]],
  [{ kind: 'text' }, { kind: 'bytes' }, [], ["'ab'"]],
  [
    { kind: 'timestamp', precision: 6 },
    { kind: 'timestamp', precision: 3 },
    ["'2026-11-22 10:00:00.125000'", "'2026-11-22 10:00:00'"],
    ["'2026-11-22 10:00:00.125001'"],
  ],
  [{ kind: 'time', precision: 3 }, { kind: 'time', precision: 0 }, ["'10:00:00.000'"], ["'10:00:00.500'"]],
];

describeServers(['sqlite'], 'a type that holds less', (server) => {
  test.each(cases)('%o to %o: rows are named that could not be read afterwards', async (from, to, fit, unfit) => {
    await using database = await sqliteDatabase(server, '');
    const before = withColumn(from);
    await make(database, before);
    const values = ['null', ...fit, ...unfit];
    const rows = values.map((value, at) => `(${at}, ${value})`).join(', ');
    await database.connection.script(`insert into t (id, v) values ${rows}`);
    const column = { name: 'v', type: to, nullable: true };
    const change: Change = { kind: 'alter-column', table: { name: 't' }, column };
    const statements = database.dialect.definition.compile(change, before);

    const [precheck, ...more] = statements.flatMap((statement) => statement.prechecks ?? []);
    const found = await database.rows(precheck?.sql ?? '');
    await database.connection.script(`delete from t where id > ${fit.length}`);
    await runInMode(database, statements);

    expect(more).toEqual([]);
    expect(precheck?.problem).toBe('have a value of v that does not fit');
    expect(found).toEqual(unfit.map((_, at) => [unfit.length, fit.length + 1 + at]));
    const codec = database.dialect.types.codec(to, before);
    const kept = await database.rows('select v from t where v is not null order by id');
    expect(kept).toHaveLength(fit.length);
    for (const [raw] of kept) expect(() => codec.decode(raw)).not.toThrow();
    expect(database.dialect.definition.compile(change, withColumn(to))).toEqual([]);
  });
});

function withColumn(type: ColumnType): Catalog {
  const plain = { uniques: [], foreignKeys: [], checks: [], indexes: [] };
  const columns = [
    { name: 'id', type: { kind: 'integer' }, nullable: false } as const,
    { name: 'v', type, nullable: true },
  ];
  const table = { ...plain, name: 't', columns, primaryKey: { name: 't_pkey', columns: ['id'] } };
  return { ...emptyCatalog, tables: [table] };
}
