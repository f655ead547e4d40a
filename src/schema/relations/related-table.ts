import type { AnyTable, TableOf } from '../table/table.ts';
import type { Relation } from './relation.ts';

/** A table with its relations: what a repository needs to bring related rows along. */
export interface RelatedTable<Row, Insert, Patch, Links> extends TableOf<Row, Insert, Patch> {
  readonly $relations: Links;
}

/** A relation in types: the table it leads to, and how many rows of it a row has. */
export interface Link<Target, Kind extends 'many' | 'one' | 'one or null'> {
  readonly target: Target;
  readonly kind: Kind;
}

/** Any relation in types. */
export interface AnyLink {
  readonly target: { readonly $row: unknown; readonly $relations: unknown };
  readonly kind: string;
}

/** Tables by the names that relations call them. */
export type Tables = Readonly<Record<string, AnyTable>>;

/** What `relations` gives: the same tables, each with its relations. */
export type Related<T extends Tables, D> = {
  readonly [K in keyof T]: RelatedTable<T[K]['$row'], T[K]['$insert'], T[K]['$patch'], LinksOf<T, D, K>>;
};

type LinksOf<T extends Tables, D, K> = K extends keyof D & keyof T
  ? { readonly [N in keyof D[K]]: LinkOf<Related<T, D>, T[K]['$row'], N, D[K][N]> }
  : unknown;

type LinkOf<All, Row, Name, Declared> =
  Declared extends Relation<infer Many, infer Target, infer From, infer Optional>
    ? Target extends keyof All
      ? Link<All[Target], Many extends true ? 'many' : OneKind<Row, Name, All[Target], From, Optional>>
      : never
    : never;

/** Never null: the foreign key cannot be, and the row it leads to cannot be soft-deleted. */
type OneKind<Row, Name, Target, From, Optional> = [Optional] extends [true]
  ? 'one or null'
  : Target extends { readonly $row: { readonly deletedAt: unknown } }
    ? 'one or null'
    : KeyOf<Row, Name, From> extends infer Key
      ? [Key] extends [keyof Row]
        ? [Key] extends [never]
          ? 'one or null'
          : null extends Row[Key]
            ? 'one or null'
            : 'one'
        : 'one or null'
      : never;

/** The columns that were said to be the key, else `<name>Id` where there is one. */
type KeyOf<Row, Name, From> = [From] extends [never]
  ? Name extends string
    ? Extract<keyof Row, `${Name}Id`>
    : never
  : From extends readonly string[]
    ? From[number]
    : From;
