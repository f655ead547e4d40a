import type { BackfillKeyColumn } from '../../dialect/definition.ts';
import type { SqlText } from '../../dialect/sql-text.ts';
import type { RowKey } from './row-key.ts';

/** SQL with the values of its placeholders, in order. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/**
 * True of the rows behind `after` and up to `end`; either may be open. Written out column by column, with a bound on the
 * first column alone: not every engine finds its way through an index with a comparison of whole rows.
 */
export function keyRange(
  columns: readonly BackfillKeyColumn[],
  text: SqlText,
  { after, end }: { readonly after: RowKey | undefined; readonly end?: RowKey },
): Condition {
  const bind = new Binder(text);
  const parts = [
    ...(after === undefined ? [] : beyond(columns, after, '>', bind)),
    ...(end === undefined ? [] : beyond(columns, end, '<', bind)),
  ];
  return { sql: parts.length === 0 ? '1 = 1' : parts.join(' and '), values: bind.values };
}

/** Behind the key, or before it and the key itself. */
function beyond(columns: readonly BackfillKeyColumn[], key: RowKey, sign: '>' | '<', bind: Binder): readonly string[] {
  const [first] = columns;
  if (first === undefined) return [];
  const compare = (place: number, by: string): string => {
    const column = columns[place] ?? first;
    return `${bind.name(column)} ${by} ${bind.value(column, key[place])}`;
  };
  const way = (place: number): string =>
    [...columns.slice(0, place).map((_, at) => compare(at, '=')), compare(place, lastSign(sign, place, columns))].join(
      ' and ',
    );
  if (columns.length === 1) return [way(0)];
  return [compare(0, `${sign}=`), `(${columns.map((_, place) => `(${way(place)})`).join(' or ')})`];
}

function lastSign(sign: '>' | '<', place: number, columns: readonly BackfillKeyColumn[]): string {
  return sign === '<' && place === columns.length - 1 ? '<=' : sign;
}

class Binder {
  readonly values: unknown[] = [];
  readonly #text: SqlText;

  constructor(text: SqlText) {
    this.#text = text;
  }

  name({ name }: BackfillKeyColumn): string {
    return this.#text.name(name);
  }

  /** In the order in which it stands in the text: not every placeholder carries a number. */
  value({ cast }: BackfillKeyColumn, value: unknown): string {
    this.values.push(value);
    const placeholder = this.#text.placeholder(this.values.length);
    return cast === undefined ? placeholder : `cast(${placeholder} as ${cast})`;
  }
}
