/**
 * The type of a column, in words that hold on every engine.
 * `length`, `precision` and `scale` count characters, digits and digits after the point; the precision of a time
 * counts digits of a second, 0 to 6.
 */
export type ColumnType =
  | { readonly kind: 'smallint' }
  | { readonly kind: 'integer' }
  | { readonly kind: 'bigint' }
  | { readonly kind: 'decimal'; readonly precision?: number; readonly scale?: number }
  | { readonly kind: 'real' }
  | { readonly kind: 'double' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'text' }
  | { readonly kind: 'varchar'; readonly length: number }
  | { readonly kind: 'char'; readonly length: number }
  | { readonly kind: 'bytes' }
  | { readonly kind: 'uuid' }
  | { readonly kind: 'date' }
  | { readonly kind: 'time'; readonly precision: number }
  | { readonly kind: 'timestamp'; readonly precision: number }
  | { readonly kind: 'timestamptz'; readonly precision: number }
  | { readonly kind: 'interval' }
  | { readonly kind: 'json' }
  | { readonly kind: 'enum'; readonly name: string; readonly namespace?: string }
  | { readonly kind: 'array'; readonly of: ColumnType }
  | { readonly kind: 'vector'; readonly dimensions: number }
  | { readonly kind: 'native'; readonly type: string };
