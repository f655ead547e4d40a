import type { Replication } from '../../dialect/replication.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';

/** What stands for a server that says no positions: a read after it goes to the primary. */
const nowhere = '-';

const prefix = 'w1.';

/** The text of a position, fit for a header, a cookie or a message to another process. */
export function writeToken(position: string | undefined): string {
  return prefix + Buffer.from(position ?? nowhere).toString('base64url');
}

/** The position in a token; undefined when it names none. Throws `TOKEN_INVALID` for what no server of ours can have said. */
export function readToken(token: string, replication: Replication | undefined): string | undefined {
  const text = token.startsWith(prefix) ? Buffer.from(token.slice(prefix.length), 'base64url').toString() : '';
  if (text === nowhere) return undefined;
  if (replication?.isPosition(text) === true && writeToken(text) === token) return text;
  throw new RowhouseError('TOKEN_INVALID', 'the token of a write is not one that this database gave', {
    hint: 'pass on what token() gave, unchanged; leave it out to read from any replica',
  });
}
