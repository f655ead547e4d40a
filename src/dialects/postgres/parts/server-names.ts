import { cutName } from '../cut-name.ts';
import { postgresTraits } from '../traits.ts';

/** What the server makes the name of an index of. */
export interface NamedIndex {
  readonly table: string;
  /** The index's own columns: an expression has one too. */
  readonly columns: readonly string[];
  readonly kind: 'index' | 'unique' | 'primary key';
}

const labels = { index: 'idx', unique: 'key', 'primary key': 'pkey' } as const;

/** How many of an index's names are known as the server's: a table has hardly more indexes of the same columns. */
const mostNames = 20;

/** The names that the server itself would give to an index of a partition, in the order in which it tries them. */
export function serverNames({ table, columns, kind }: NamedIndex): readonly string[] {
  const addition = kind === 'primary key' ? undefined : joined(columns);
  return Array.from({ length: mostNames }, (_, pass) =>
    fitted(table, addition, `${labels[kind]}${pass === 0 ? '' : String(pass)}`),
  );
}

/** No more columns than fill a name. */
function joined(columns: readonly string[]): string {
  let result = '';
  for (const column of columns) {
    if (Buffer.byteLength(result) > postgresTraits.identifierLimit.length) break;
    result += result === '' ? column : `_${column}`;
  }
  return result;
}

/** The longer one of table and columns loses bytes until all of it fits. */
function fitted(table: string, addition: string | undefined, label: string): string {
  const overhead = label.length + 1 + (addition === undefined ? 0 : 1);
  const available = postgresTraits.identifierLimit.length - overhead;
  let [first, second] = [Buffer.byteLength(table), Buffer.byteLength(addition ?? '')];
  while (first + second > available) {
    if (first > second) first -= 1;
    else second -= 1;
  }
  const parts = [cutName(table, first), ...(addition === undefined ? [] : [cutName(addition, second)]), label];
  return parts.join('_');
}
