import type { ColumnNamed } from '../../sql/sql.ts';

/** A column of a table definition, as `users.email`: for references, indexes, constraints and `sql` fragments. */
export class ColumnReference implements ColumnNamed {
  readonly table: { readonly namespace?: string; readonly name: string };
  /** The property's name in the definition. */
  readonly key: string;
  readonly columnName: string;

  constructor(table: ColumnReference['table'], key: string, columnName: string) {
    this.table = table;
    this.key = key;
    this.columnName = columnName;
  }

  /** The column as an index key, largest first. */
  desc(): IndexKeyInput {
    return { key: this, order: 'desc' };
  }

  asc(): IndexKeyInput {
    return { key: this };
  }
}

/** A column or expression as part of an index. */
export interface IndexKeyInput {
  readonly key: ColumnReference | { readonly texts: readonly string[]; readonly inserts: readonly unknown[] };
  readonly order?: 'desc';
  readonly nulls?: 'first' | 'last';
  readonly collation?: string;
  readonly operatorClass?: string;
  readonly prefixLength?: number;
}
