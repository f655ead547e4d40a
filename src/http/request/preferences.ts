import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { HeaderReader } from './incoming.ts';

/** What a client would like (RFC 7240). Preferences that mean nothing here are passed over, as the standard has it. */
export interface Preferences {
  /** The number of all rows beside those of the page: counted, as the planner expects it, or counted where it is small. */
  readonly count: 'exact' | 'planned' | 'estimated' | undefined;
  /** Refuse to change or delete more rows. */
  readonly maxAffected: number | undefined;
  /** Of many rows those that can be written are, whatever is wrong with the others. */
  readonly lenient: boolean;
  /** No body is needed. */
  readonly minimal: boolean;
}

/** Those of nearly every request. */
const noPreferences: Preferences = { count: undefined, maxAffected: undefined, lenient: false, minimal: false };

export function readPreferences({ headers }: { readonly headers: HeaderReader }): Preferences {
  const text = headers.get('prefer');
  if (text === null) return noPreferences;
  const said = new Map(
    text.split(/[,;]/).map((part): [string, string] => {
      const [name = '', value = ''] = part.split('=', 2);
      return [name.trim().toLowerCase(), value.trim().replaceAll('"', '')];
    }),
  );
  const count = said.get('count');
  return {
    count: count === 'exact' || count === 'planned' || count === 'estimated' ? count : undefined,
    maxAffected: readNumber(said.get('max-affected')),
    lenient: said.get('handling') === 'lenient',
    minimal: said.get('return') === 'minimal',
  };
}

/** A bound that cannot be read must not be taken for none. */
function readNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new RowhouseError('REQUEST_INVALID', 'max-affected must be a whole number');
}
