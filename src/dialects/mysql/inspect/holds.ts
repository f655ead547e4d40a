import type { DoneProbe, ObjectReference } from '../../../dialect/definition.ts';
import type { Connection } from '../../../driver/connection.ts';
import { readRows } from './rows.ts';

/** Answers one question about one object from the information schema. */
export async function holds(connection: Connection, { question, object }: DoneProbe): Promise<boolean> {
  const { sql, values } = lookup(object);
  const rows = await readRows(connection, `${sql} limit 1`, values);
  return rows.length > 0 === (question === 'exists');
}

interface Lookup {
  readonly sql: string;
  readonly values: readonly unknown[];
}

function lookup(object: ObjectReference): Lookup {
  const { kind, name, table = '' } = object;
  switch (kind) {
    case 'namespace':
      return find('schemata', { schema_name: name });
    case 'table':
      return find('tables', { table_schema: null, table_name: name });
    case 'view':
      return find('views', { table_schema: null, table_name: name });
    case 'sequence':
      return find('tables', { table_schema: null, table_name: name, table_type: 'SEQUENCE' });
    case 'enum':
      return enumLookup(name);
    case 'column':
      return find('columns', { table_schema: null, table_name: table, column_name: name });
    case 'index':
      return find('statistics', { table_schema: null, table_name: table, index_name: name });
    case 'constraint':
      return find('table_constraints', { constraint_schema: null, table_name: table, constraint_name: name });
    case 'raw':
      return rawLookup(object);
  }
}

/** An enum is there once a column has it; no statement makes one by itself. */
function enumLookup(name: string): Lookup {
  const sql = `select 1 from information_schema.columns
where table_schema = database() and data_type = 'enum' and concat(table_name, '_', column_name) = ?`;
  return { sql, values: [name] };
}

function rawLookup({ type = '', name }: ObjectReference): Lookup {
  switch (type) {
    case 'trigger':
      return find('triggers', { trigger_schema: null, trigger_name: name });
    case 'event':
      return find('events', { event_schema: null, event_name: name });
    case 'table':
    case 'view':
      return find('tables', { table_schema: null, table_name: name });
  }
  return find('routines', { routine_schema: null, routine_type: type.toUpperCase(), routine_name: name });
}

/** Rows of a view of the information schema; null stands for the current database. */
function find(view: string, by: Readonly<Record<string, string | null>>): Lookup {
  const conditions = Object.entries(by).map(([column, value]) => `${column} = ${value === null ? 'database()' : '?'}`);
  return {
    sql: `select 1 from information_schema.${view} where ${conditions.join(' and ')}`,
    values: Object.values(by).filter((value) => value !== null),
  };
}
