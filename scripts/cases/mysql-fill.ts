import { constantsIn, fillTables, type FillColumn, type FillTable } from './fill-tables.ts';
import type { Cell, Line } from './line.ts';

/** Rows for every table of a database of MySQL or MariaDB; `note` gets each statement that put one in. */
export async function fillMysql(line: Line, note: (sql: string) => void): Promise<readonly string[]> {
  const checks = new Map<string, string>();
  for (const { name, text } of await line.query(checksQuestion).catch(() => [])) {
    // MySQL shows the quotes of a text with backslashes.
    const plain = String(text).replaceAll(String.raw`\'`, "'");
    checks.set(String(name), `${checks.get(String(name)) ?? ''} ${plain}`);
  }
  const columns = await line.query(columnsQuestion);
  const references = await line.query(referencesQuestion);
  const names = [...new Set((await line.query(tablesQuestion)).map(({ name }) => String(name)))];
  const tables = names.map((name): FillTable => ({
    name,
    sqlName: quote(name),
    columns: columns
      .filter((column) => column['table'] === name)
      .map((column) => fillColumn(column, references, checks.get(name) ?? '')),
  }));
  return await fillTables(tables, quote, async (sql) => {
    const statement = sql.replace(/ default values$/, ' () values ()');
    try {
      await line.query(statement);
      note(statement);
      return true;
    } catch {
      return false;
    }
  });
}

function fillColumn(
  column: Readonly<Record<string, Cell>>,
  references: readonly Readonly<Record<string, Cell>>[],
  checks: string,
): FillColumn {
  const { texts, numbers } = constantsIn(checks);
  const reference = references.find((one) => one['table'] === column['table'] && one['column'] === column['name']);
  const [table, other] = [quote(String(reference?.['other'] ?? '')), quote(String(reference?.['other_column'] ?? ''))];
  return {
    name: String(column['name']),
    nullable: column['nullable'] === 'YES',
    hasDefault: column['default'] !== null || String(column['extra']).includes('auto_increment'),
    candidates: candidates(String(column['type']), String(column['data_type']), texts, numbers),
    reference:
      reference === undefined || reference['other'] === column['table']
        ? undefined
        : (row) => `(select ${other} from ${table} parent order by 1 limit 1 offset ${row % 3})`,
  };
}

function candidates(
  type: string,
  dataType: string,
  texts: readonly string[],
  numbers: readonly number[],
): readonly string[] {
  if (dataType === 'enum' || dataType === 'set') return [...type.matchAll(/'(?:[^']|'')*'/g)].map(([label]) => label);
  if (/int$|^decimal|^float|^double|^year/.test(dataType)) {
    if (dataType === 'year') return ['2024', '2025'];
    if (type.startsWith('tinyint(1)')) return ['1', '0'];
    return ['1', '2', '3', '40', '0', '-1', ...numbers.map(String)];
  }
  if (/char|text/.test(dataType))
    return [...texts.map((one) => `'${one.replaceAll("'", "''")}'`), `'a'`, `'b'`, `'c'`, `'d4'`, `'e@example.org'`];
  return byType[dataType] ?? ['null'];
}

const byType: Readonly<Record<string, readonly string[]>> = {
  date: [`'2024-01-01'`, `'2024-06-02'`],
  datetime: [`'2024-01-01 10:00:00'`, `'2024-06-02 11:00:00'`],
  timestamp: [`'2024-01-01 10:00:00'`, `'2024-06-02 11:00:00'`],
  time: [`'10:00:00'`, `'11:00:00'`],
  json: [`'{}'`, `'{"a": 1}'`],
  bit: [`b'1'`, `b'0'`],
  binary: [`'a'`, `'b'`],
  varbinary: [`'a'`, `'b'`],
  blob: [`'a'`, `'b'`],
  tinyblob: [`'a'`, `'b'`],
  mediumblob: [`'a'`, `'b'`],
  longblob: [`'a'`, `'b'`],
  uuid: [`uuid()`],
  inet4: [`'10.0.0.1'`],
  inet6: [`'::1'`],
  point: ['point(1, 2)', 'point(3, 4)'],
  geometry: ['point(1, 2)'],
  linestring: [`st_geomfromtext('linestring(0 0, 1 1)')`],
  polygon: [`st_geomfromtext('polygon((0 0, 1 1, 1 0, 0 0))')`],
};

function quote(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

const tablesQuestion = `select table_name as name from information_schema.tables where table_schema = database() and table_type = 'BASE TABLE' order by 1`;
const columnsQuestion = `
  select table_name as \`table\`, column_name as name, column_type as type, data_type as data_type, is_nullable as nullable, column_default as \`default\`, extra
    from information_schema.columns where table_schema = database() and coalesce(generation_expression, '') = '' order by table_name, ordinal_position`;
const referencesQuestion = `
  select table_name as \`table\`, column_name as \`column\`, referenced_table_name as other, referenced_column_name as other_column
    from information_schema.key_column_usage where table_schema = database() and referenced_table_name is not null`;
const checksQuestion = `
  select t.table_name as name, c.check_clause as text from information_schema.check_constraints c
    join information_schema.table_constraints t on t.constraint_schema = c.constraint_schema and t.constraint_name = c.constraint_name
   where c.constraint_schema = database()`;
