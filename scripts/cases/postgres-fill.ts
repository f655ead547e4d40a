import { constantsIn, fillTables, type FillColumn, type FillTable } from './fill-tables.ts';
import type { Line } from './line.ts';

interface ColumnRow {
  readonly namespace: string;
  readonly table: string;
  readonly partition: boolean;
  readonly name: string;
  readonly type: string;
  readonly category: string;
  readonly element: string | null;
  readonly full: string;
  readonly labels: readonly string[] | null;
  readonly nullable: boolean;
  readonly has_default: boolean;
  readonly checks: string;
  readonly reference: string | null;
}

/** Rows for every table of a database of PostgreSQL. */
export async function fillPostgres(line: Line): Promise<readonly string[]> {
  const rows = (await line.query(columnsQuestion)) as unknown as readonly ColumnRow[];
  const names = (await line.query(tablesQuestion)) as unknown as readonly Pick<
    ColumnRow,
    'namespace' | 'table' | 'partition'
  >[];
  const tables = names.map((one): FillTable => {
    const own = rows.filter(({ namespace, table }) => namespace === one.namespace && table === one.table);
    const name = `${one.namespace}.${one.table}`;
    return {
      name,
      sqlName: `${quote(one.namespace)}.${quote(one.table)}`,
      columns: own.map(fillColumn),
      optional: one.partition,
    };
  });
  return await fillTables(tables, quote, async (sql) => {
    try {
      await line.query(sql);
      return true;
    } catch {
      return false;
    }
  });
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function fillColumn(row: ColumnRow): FillColumn {
  const { texts, numbers } = constantsIn(row.checks);
  const { reference } = row;
  return {
    name: row.name,
    nullable: row.nullable,
    hasDefault: row.has_default,
    candidates: candidates(row, texts, numbers),
    reference: reference === null ? undefined : (n) => reference.replace('$n', String(n % 3)),
  };
}

function candidates(row: ColumnRow, texts: readonly string[], numbers: readonly number[]): readonly string[] {
  if (row.labels !== null) return row.labels.map(literal);
  if (row.element !== null)
    return [`'{}'`, ...(byType[row.element] ?? []).slice(0, 1).map((one) => `array[${one}]::${row.full}`)];
  if (row.category === 'S') return [...texts.map(literal), ...textValues];
  if (row.category === 'N') return [...numberValues, ...numbers.map(String)];
  const bits = /^bit(?: varying)?(?:\((\d+)\))?/.exec(row.full);
  if (bits !== null) return [`B'${'1'.repeat(Number(bits[1] ?? 1))}'`, `B'${'0'.repeat(Number(bits[1] ?? 1))}'`];
  if (row.category === 'R') return [`'empty'`];
  return [...(byType[row.type] ?? ['null']), ...(row.category === 'D' ? texts.map(literal) : [])];
}

const textValues = [
  `'a'`,
  `'b'`,
  `'c'`,
  `'d4'`,
  `'e@example.org'`,
  `'value-6'`,
  `'7'`,
  `'https://example.org'`,
  `'UPPER'`,
];
const numberValues = ['1', '2', '3', '40', '500', '0', '-1', '100000'];

const byType: Readonly<Record<string, readonly string[]>> = {
  int4: ['1', '2'],
  int8: ['1', '2'],
  int2: ['1', '2'],
  numeric: ['1', '2'],
  float4: ['1', '2'],
  float8: ['1.5', '2'],
  text: [`'a'`, `'b'`],
  varchar: [`'a'`, `'b'`],
  bpchar: [`'a'`],
  bool: ['true', 'false', 'true'],
  date: [`'2024-01-01'`, `'2024-06-02'`, `'2025-03-03'`],
  timestamp: [`'2024-01-01 10:00'`, `'2024-06-02 11:00'`, `'2025-03-03 12:00'`],
  timestamptz: [`'2024-01-01 10:00Z'`, `'2024-06-02 11:00Z'`, `'2025-03-03 12:00Z'`],
  time: [`'10:00'`, `'11:00'`, `'12:00'`],
  timetz: [`'10:00Z'`, `'11:00Z'`],
  interval: [`'1 day'`, `'2 hours'`, `'3 minutes'`],
  uuid: ['gen_random_uuid()', 'gen_random_uuid()', 'gen_random_uuid()'],
  json: [`'{}'`, `'{"a": 1}'`, `'[1]'`],
  jsonb: [`'{}'`, `'{"a": 1}'`, `'[1]'`],
  bytea: [`'\\x01'`, `'\\x02'`, `'\\x03'`],
  inet: [`'10.0.0.1'`, `'10.0.0.2'`],
  cidr: [`'10.0.0.0/24'`, `'10.0.1.0/24'`],
  macaddr: [`'08:00:2b:01:02:03'`, `'08:00:2b:01:02:04'`],
  macaddr8: [`'08:00:2b:01:02:03:04:05'`],
  money: ['1', '2'],
  xml: [`'<a/>'`, `'<b/>'`],
  tsvector: [`'a'`, `'b'`],
  tsquery: [`'a'`, `'b'`],
  point: [`'(1,2)'`],
  line: [`'{1,2,3}'`],
  lseg: [`'[(0,0),(1,1)]'`],
  box: [`'(1,1),(0,0)'`],
  path: [`'[(0,0),(1,1)]'`],
  polygon: [`'((0,0),(1,1),(1,0))'`],
  circle: [`'<(0,0),1>'`],
  hstore: [`'a=>1'`],
  ltree: [`'a.b'`],
  citext: [`'a'`, `'b'`],
  name: [`'a'`, `'b'`],
};

const userTables = `c.relnamespace = n.oid and c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`;

const tablesQuestion = `
  select n.nspname as namespace, c.relname as table, c.relispartition or c.relkind = 'p' and not exists (select from pg_inherits i where i.inhparent = c.oid) as partition
    from pg_class c, pg_namespace n where ${userTables} order by 1, 2`;

const columnsQuestion = `
  with recursive base as (
    select oid, oid as base, typtypmod from pg_type where typtype <> 'd'
    union all
    select d.oid, b.base, d.typtypmod from pg_type d join base b on d.typbasetype = b.oid where d.typtype = 'd'
  )
  select n.nspname as namespace, c.relname as table, c.relispartition as partition, a.attname as name,
         t.typname as type, t.typcategory as category, e.typname as element, format_type(a.atttypid, a.atttypmod) as full,
         (select array_agg(l.enumlabel::text order by l.enumsortorder) from pg_enum l where l.enumtypid = t.oid) as labels,
         not a.attnotnull as nullable, a.atthasdef or a.attidentity <> '' as has_default,
         coalesce((select string_agg(pg_get_constraintdef(k.oid), ' ') from pg_constraint k where k.contype = 'c' and (k.conrelid = c.oid or k.contypid = a.atttypid)), '')
           || coalesce((select string_agg(pg_get_expr(p.relpartbound, p.oid), ' ') from pg_inherits i join pg_class p on p.oid = i.inhrelid where i.inhparent = c.oid), '')
           || coalesce(pg_get_expr(c.relpartbound, c.oid), '') as checks,
         (select format('(select %I from %s order by 1 limit 1 offset least($n, (select count(*) from %s) - 1))', f.attname, k.confrelid::regclass, k.confrelid::regclass)
            from pg_constraint k, unnest(k.conkey, k.confkey) as pair(mine, theirs), pg_attribute f
           where k.contype = 'f' and k.conrelid = c.oid and pair.mine = a.attnum and f.attrelid = k.confrelid and f.attnum = pair.theirs
             and k.confrelid <> c.oid limit 1) as reference
    from pg_class c, pg_namespace n, pg_attribute a, base b, pg_type t left join pg_type e on e.oid = t.typelem and t.typcategory = 'A'
   where ${userTables} and a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity <> 'a'
     and b.oid = a.atttypid and t.oid = b.base
   order by 1, 2, a.attnum`;
