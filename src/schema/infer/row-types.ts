import type { AnyColumn } from '../column/column-builder.ts';

/** The columns of a table definition by property name. */
export type Columns = Readonly<Record<string, AnyColumn>>;

/** What a select gives: every column with its value. */
export type RowOf<C extends Columns> = { [K in keyof C]: C[K]['$value'] };

/** What an insert takes: columns with a default or null may be left out; generated ones cannot be given. */
export type InsertOf<C extends Columns> = {
  [K in keyof C as C[K]['$insert'] extends 'required' ? K : never]: C[K]['$value'];
} & {
  [K in keyof C as C[K]['$insert'] extends 'optional' ? K : never]?: C[K]['$value'];
};

/** What an update takes: any of the columns that may change. A key left out is left alone; `null` writes null. */
export type PatchOf<C extends Columns> = {
  [K in keyof C as C[K]['$mutable'] extends true ? K : never]?: C[K]['$value'];
};
