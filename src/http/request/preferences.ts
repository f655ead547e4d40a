import { RowhouseError } from '../../errors/rowhouse-error.ts';

/** What a client would like (RFC 7240). Preferences that mean nothing here are passed over, as the standard has it. */
export interface Preferences {
  /** The number of all rows beside those of the page. */
  readonly count: 'exact' | 'planned' | 'estimated' | undefined;
  /** Refuse to change or delete more rows. */
  readonly maxAffected: number | undefined;
  /** No body is needed. */
  readonly minimal: boolean;
}

export function readPreferences({ headers }: Request): Preferences {
  const said = new Map(
    (headers.get('prefer') ?? '').split(/[,;]/).map((part): [string, string] => {
      const [name = '', value = ''] = part.split('=', 2);
      return [name.trim().toLowerCase(), value.trim().replaceAll('"', '')];
    }),
  );
  const count = said.get('count');
  return {
    count: count === 'exact' || count === 'planned' || count === 'estimated' ? count : undefined,
    maxAffected: readNumber(said.get('max-affected')),
    minimal: said.get('return') === 'minimal',
  };
}

/** A bound that cannot be read must not be taken for none. */
function readNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new RowhouseError('REQUEST_INVALID', 'max-affected must be a whole number');
}
