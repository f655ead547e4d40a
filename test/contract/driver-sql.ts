/** What the contract of drivers needs in the words of one engine. */
export interface DriverSql {
  /** The text with this engine's placeholders for each `?`. */
  fill(text: string): string;
  readonly createCells: string;
  readonly insertCells: string;
  readonly cellNames: readonly string[];
  readonly cellValues: readonly unknown[];
  readonly rawCells: readonly unknown[];
  /** A table `counted (id, word)` whose next number is 2^53 + 1. */
  readonly createIdentity?: string;
  /** Changes two rows of `numbers` and gives them. */
  readonly returning?: string;
  /** Counts the statements that the session keeps prepared. */
  readonly preparedCount?: string;
  readonly beforeEndless: string;
  /** More rows than anyone would read. */
  readonly endless: string;
  readonly endlessCount: string;
  kill?(sessionId: string): string;
}

const bytes = new Uint8Array([0, 255, 39, 92]);
const text = `né€😀 ' " \\ \n`;

/** By the engine's variant. */
export const driverSql: Readonly<Record<string, DriverSql>> = {
  postgresql: {
    fill: numbered,
    createCells: `create table cells (i integer, b bigint, d numeric(30,10), r real, f double precision, o boolean,
      t text, x bytea, day date, at timestamptz(6), span interval, j jsonb)`,
    insertCells: `insert into cells values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    cellNames: ['i', 'b', 'd', 'r', 'f', 'o', 't', 'x', 'day', 'at', 'span', 'j'],
    cellValues: [
      ...[-5, 2n ** 63n - 1n, '12345678901234567890.0123456789', 0.1, 0.1, true, text, bytes],
      ...['2026-01-02', '2026-01-02T05:04:05.123456+02:00', 'P1DT2H', '{"a": 12345678901234567890}'],
    ],
    rawCells: [
      ...['-5', '9223372036854775807', '12345678901234567890.0123456789', '0.1', '0.1', 't', text, '\\x00ff275c'],
      ...['2026-01-02', '2026-01-02 03:04:05.123456+00', 'P1DT2H', '{"a": 12345678901234567890}'],
    ],
    returning: 'update numbers set n = n where n < 3 returning n',
    preparedCount: 'select count(*) from pg_prepared_statements',
    beforeEndless: 'select 1',
    endless: 'select g from generate_series(1, 100000000) g',
    endlessCount: 'select count(*) from generate_series(1, 100000000) a, generate_series(1, 100) b',
    kill: (sessionId) => `select pg_terminate_backend(${sessionId})`,
  },
  mysql: mysqlFamily('cte_max_recursion_depth'),
  mariadb: {
    ...mysqlFamily('max_recursive_iterations'),
    returning: "insert into numbers (n, word) values (1, 'a'), (2, 'b') returning n",
  },
  sqlite: {
    fill: (sql) => sql,
    createCells: `create table cells (i integer, r real, t text, x blob, n decimal_text)`,
    insertCells: `insert into cells values (?, ?, ?, ?, ?)`,
    cellNames: ['i', 'r', 't', 'x', 'n'],
    cellValues: [2n ** 63n - 1n, 0.1, text, bytes, '12345678901234567890.0123456789'],
    rawCells: [2n ** 63n - 1n, 0.1, text, bytes, '12345678901234567890.0123456789'],
    createIdentity: `create table counted (id integer primary key autoincrement, word text);
      insert into counted values (9007199254740992, 'z')`,
    returning: 'update numbers set n = n where n < 3 returning n',
    beforeEndless: 'select 1',
    endless: 'with recursive g (n) as (select 1 union all select n + 1 from g) select n from g',
    endlessCount: 'select 1',
  },
};

function mysqlFamily(depth: string): DriverSql {
  const endless = 'with recursive g (n) as (select 1 union all select n + 1 from g where n < 4000000) select n from g';
  return {
    fill: (sql) => sql,
    createCells: `create table cells (i integer, s smallint, b bigint, u bigint unsigned, d decimal(30,10), r float,
      big float, f double, o tinyint(1), t longtext, x longblob, day date, hour time(3), at datetime(6), j json)`,
    insertCells: 'insert into cells values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    cellNames: ['i', 's', 'b', 'u', 'd', 'r', 'big', 'f', 'o', 't', 'x', 'day', 'hour', 'at', 'j'],
    cellValues: [
      ...[-5, 7, -(2n ** 63n), 2n ** 64n - 1n, '12345678901234567890.0123456789', 0.1, 3.4e38, 0.1, true, text, bytes],
      ...['2026-01-02', '23:59:59.123', '2026-01-02 03:04:05.123456', '{"a": 12345678901234567890}'],
    ],
    rawCells: [
      ...[
        -5,
        7,
        '-9223372036854775808',
        '18446744073709551615',
        '12345678901234567890.0123456789',
        0.1,
        3.4e38,
        0.1,
        1,
      ],
      ...[text, Buffer.from(bytes), '2026-01-02', '23:59:59.123', '2026-01-02 03:04:05.123456'],
      '{"a": 12345678901234567890}',
    ],
    createIdentity: `create table counted (id bigint auto_increment primary key, word text)
      auto_increment = 9007199254740993`,
    preparedCount: "show session status where variable_name in ('Com_stmt_prepare', 'Com_stmt_close')",
    beforeEndless: `set ${depth} = 100000000`,
    endless,
    endlessCount: `select count(*) from (${endless}) a, (${endless}) b, (${endless}) c`,
    kill: (sessionId) => `kill ${sessionId}`,
  };
}

function numbered(sql: string): string {
  let position = 0;
  return sql.replaceAll('?', () => `$${++position}`);
}
