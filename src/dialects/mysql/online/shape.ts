import type { Connection } from '../../../driver/connection.ts';
import { readRows } from '../inspect/rows.ts';

/** What has to be known of a table to copy its rows. */
export interface TableShape {
  /** In their order. */
  readonly columns: readonly ShapeColumn[];
  readonly indexes: readonly ShapeIndex[];
}

export interface ShapeColumn {
  readonly name: string;
  /** With its length and sign: `int(11) unsigned`. */
  readonly type: string;
  readonly nullable: boolean;
  readonly generated: boolean;
  readonly charset: string | undefined;
  readonly collation: string | undefined;
}

/** An index whose parts are whole columns. */
export interface ShapeIndex {
  readonly name: string;
  readonly unique: boolean;
  readonly columns: readonly string[];
  /** It has a part of a column, or an expression. */
  readonly partial: boolean;
}

/** Without a column: there is no such table. */
export async function readShape(connection: Connection, table: string): Promise<TableShape> {
  const columns = await readRows(connection, columnsOf, [table]);
  const parts = await readRows(connection, partsOf, [table]);
  return {
    columns: columns.map(([name = '', type = '', nullable, expression = '', charset, collation]) => ({
      name,
      type,
      nullable: nullable === 'YES',
      generated: expression !== '',
      charset,
      collation,
    })),
    indexes: [...Map.groupBy(parts, ([name = '']) => name)].map(([name, of]) => ({
      name,
      unique: of[0]?.[1] === '0',
      columns: of.flatMap(([, , column]) => column ?? []),
      partial: of.some(([, , column, length]) => column === undefined || length !== undefined),
    })),
  };
}

/** The columns of an index by which each row has a name of its own: those of the primary key first. */
export function rowKeys({ columns, indexes }: TableShape): readonly (readonly string[])[] {
  const isKey = ({ unique, partial, columns: of }: ShapeIndex): boolean =>
    unique && !partial && of.every((name) => columns.find((one) => one.name === name)?.nullable === false);
  return indexes
    .filter(isKey)
    .toSorted((a, b) => Number(b.name === 'PRIMARY') - Number(a.name === 'PRIMARY'))
    .map((index) => index.columns);
}

const columnsOf = `select column_name, column_type, is_nullable, generation_expression, character_set_name, collation_name
from information_schema.columns where table_schema = database() and table_name = ? order by ordinal_position`;

const partsOf = `select index_name, non_unique, column_name, sub_part
from information_schema.statistics where table_schema = database() and table_name = ? order by index_name, seq_in_index`;
