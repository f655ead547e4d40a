/** What the contract of drivers needs in the words of one engine. */
export interface DriverSql {
  /** The text with this engine's placeholders for each `?`. */
  readonly fill: (text: string) => string;
  readonly cells: readonly Cell[];
  /** A table `counted (id, word)` whose next number is 2^53 + 1. */
  readonly createIdentity?: string;
  /** Changes two rows of `numbers` and gives them. */
  readonly returning?: string;
  /** Counts the statements that the session keeps prepared. */
  readonly preparedCount?: string;
  /** More rows than anyone would read. */
  readonly endless: string;
  readonly endlessCount: string;
  readonly kill?: (sessionId: string) => string;
}

/** A column's name and type, a value in wire form, and the raw cell that it comes back as. */
export type Cell = readonly [name: string, type: string, value: unknown, raw: unknown];

const bytes = new Uint8Array([0, 255, 39, 92]);
const text = `né€😀 ' " \\ \n`;
const digits = '12345678901234567890.0123456789';
const json = '{"a": 12345678901234567890}';

const nineHundred = 'with recursive g (n) as (select 1 union all select n + 1 from g where n < 900)';

/** What MySQL and MariaDB spell alike. */
const mysqlFamily: DriverSql = {
  fill: (sql) => sql,
  cells: [
    ['i', 'integer', -5, -5],
    ['s', 'smallint', 7, 7],
    ['b', 'bigint', -(2n ** 63n), '-9223372036854775808'],
    ['u', 'bigint unsigned', 2n ** 64n - 1n, '18446744073709551615'],
    ['d', 'decimal(30,10)', digits, digits],
    ['r', 'float', 0.1, 0.1],
    ['large', 'float', 3.4e38, 3.4e38],
    ['f', 'double', 0.1, 0.1],
    ['o', 'tinyint(1)', true, 1],
    ['t', 'longtext', text, text],
    ['x', 'longblob', bytes, Buffer.from(bytes)],
    ['day', 'date', '2026-01-02', '2026-01-02'],
    ['hour', 'time(3)', '23:59:59.123', '23:59:59.123'],
    ['at', 'datetime(6)', '2026-01-02 03:04:05.123456', '2026-01-02 03:04:05.123456'],
    ['j', 'json', json, json],
  ],
  createIdentity: `create table counted (id bigint auto_increment primary key, word text)
      auto_increment = 9007199254740993`,
  preparedCount: "show session status where variable_name in ('Com_stmt_prepare', 'Com_stmt_close')",
  endless: `${nineHundred} select a.n from g a, g b`,
  endlessCount: `${nineHundred} select count(*) from g a, g b, g c, g d`,
  kill: (sessionId) => `kill ${sessionId}`,
};

/** By the engine's variant. */
export const driverSql: Readonly<Record<string, DriverSql>> = {
  postgresql: {
    fill: numbered,
    cells: [
      ['i', 'integer', -5, '-5'],
      ['b', 'bigint', 2n ** 63n - 1n, '9223372036854775807'],
      ['d', 'numeric(30,10)', digits, digits],
      ['r', 'real', 0.1, '0.1'],
      ['f', 'double precision', 0.1, '0.1'],
      ['o', 'boolean', true, 't'],
      ['t', 'text', text, text],
      ['x', 'bytea', bytes, '\\x00ff275c'],
      ['day', 'date', '2026-01-02', '2026-01-02'],
      ['at', 'timestamptz(6)', '2026-01-02T05:04:05.123456+02:00', '2026-01-02 03:04:05.123456+00'],
      ['span', 'interval', 'P1DT2H', 'P1DT2H'],
      ['j', 'jsonb', json, json],
    ],
    returning: 'update numbers set n = n where n < 3 returning n',
    preparedCount: 'select count(*) from pg_prepared_statements',
    endless: 'select generate_series(1, 100000000)',
    endlessCount: 'with g as (select generate_series(1, 900)) select count(*) from g a, g b, g c, g d',
    kill: (sessionId) => `select pg_terminate_backend(${sessionId})`,
  },
  mysql: mysqlFamily,
  mariadb: {
    ...mysqlFamily,
    returning: "insert into numbers (n, word) values (1, 'a'), (2, 'b') returning n",
  },
  sqlite: {
    fill: (sql) => sql,
    cells: [
      ['i', 'integer', 2n ** 63n - 1n, 2n ** 63n - 1n],
      ['r', 'real', 0.1, 0.1],
      ['t', 'text', text, text],
      ['x', 'blob', bytes, bytes],
      ['d', 'decimal_text', digits, digits],
    ],
    createIdentity: `create table counted (id integer primary key autoincrement, word text);
      insert into counted values (9007199254740992, 'z')`,
    returning: 'update numbers set n = n where n < 3 returning n',
    endless: 'with recursive g (n) as (select 1 union all select n + 1 from g) select n from g',
    endlessCount: 'select 1',
  },
};

function numbered(sql: string): string {
  let position = 0;
  return sql.replaceAll('?', () => `$${++position}`);
}
