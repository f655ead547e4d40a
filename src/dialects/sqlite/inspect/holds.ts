import type { DoneProbe, ObjectReference } from '../../../dialect/definition.ts';
import type { Connection } from '../../../driver/connection.ts';
import { parseTable } from './parse-table.ts';

/** Answers whether one object is there, or is gone. */
export async function holds(connection: Connection, { question, object }: DoneProbe): Promise<boolean> {
  const isThere = await exists(connection, object);
  return question === 'exists' ? isThere : !isThere;
}

async function exists(connection: Connection, object: ObjectReference): Promise<boolean> {
  switch (object.kind) {
    case 'table':
    case 'view':
    case 'index':
      return await hasObject(connection, object.kind, object.name);
    case 'raw':
      return await hasObject(connection, object.type === 'virtual table' ? 'table' : (object.type ?? ''), object.name);
    case 'column':
      return await hasRow(connection, `select 1 from pragma_table_xinfo(?, 'main') where name = ? collate nocase`, [
        object.table ?? '',
        object.name,
      ]);
    case 'constraint':
      return await hasConstraint(connection, object.table ?? '', object.name);
    case 'namespace':
    case 'enum':
    case 'sequence':
      return false;
  }
}

async function hasObject(connection: Connection, type: string, name: string): Promise<boolean> {
  return await hasRow(connection, 'select 1 from main.sqlite_schema where type = ? and name = ? collate nocase', [
    type,
    name,
  ]);
}

async function hasConstraint(connection: Connection, table: string, name: string): Promise<boolean> {
  const sql = `select sql from main.sqlite_schema where type = 'table' and name = ? collate nocase`;
  const { rows } = await connection.run({ sql }, [table]);
  const [text] = rows[0] ?? [];
  if (typeof text !== 'string') return false;
  return parseTable(text).constraints.some((constraint) => constraint.name?.toLowerCase() === name.toLowerCase());
}

async function hasRow(connection: Connection, sql: string, values: readonly unknown[]): Promise<boolean> {
  return (await connection.run({ sql }, values)).rows.length > 0;
}
