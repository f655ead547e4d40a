import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { camelCase, snakeCase } from '../../util/names.ts';

/** What the parts of a scaffold are called, for a thing named `sales-order`. */
export interface ScaffoldNames {
  /** `sales-order`: its directory. */
  readonly directory: string;
  /** `sales_order`: its table. */
  readonly table: string;
  /** `salesOrder`: what one of them is called in code. */
  readonly one: string;
  /** `salesOrders`: what its table is called in code. */
  readonly many: string;
  /** `sales orders`: in a sentence. */
  readonly words: string;
  /** `/sales-orders`. */
  readonly prefix: string;
}

/** The names for one thing, which is given in the singular. */
export function scaffoldNames(given: string): ScaffoldNames {
  if (!/^[a-z][a-z0-9]*(?:[-_]?[a-z0-9]+)*$/i.test(given)) {
    throw new RowhouseError('USAGE', `'${given}' is no name for a table and its files`, {
      hint: 'name one thing in letters and digits, e.g. invoice or sales-order',
    });
  }
  const table = snakeCase(given).replaceAll('-', '_');
  const plural = pluralOf(table);
  return {
    directory: table.replaceAll('_', '-'),
    table,
    one: camelCase(table),
    many: camelCase(plural),
    words: plural.replaceAll('_', ' '),
    prefix: `/${plural.replaceAll('_', '-')}`,
  };
}

function pluralOf(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}
