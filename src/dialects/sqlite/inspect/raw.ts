import type { RawObject } from '../../../catalog/model/raw-object.ts';
import { sqliteText } from '../text.ts';
import type { SchemaRow } from './read-rows.ts';

/**
 * An object that is kept as its SQL: a trigger, a virtual table, a view whose tables are gone. The shadow tables of a
 * virtual table are no objects of their own: making the virtual table makes them.
 */
export function buildRaw(row: SchemaRow): RawObject {
  const isTrigger = row.type === 'trigger';
  return {
    type: row.type === 'table' ? 'virtual table' : row.type,
    name: row.name,
    ...(isTrigger ? { table: row.table } : {}),
    create: { sqlite: row.sql },
    drop: { sqlite: `drop ${row.type} ${sqliteText.name(row.name)}` },
    stage: 'after-tables',
  };
}
