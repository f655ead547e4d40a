import type { Replication } from '../../dialect/replication.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';

/** What stands for a server that says no positions: a read after it goes to the primary. */
const nowhere = '-';

const prefix = 'w1.';

/** The text of a position, fit for a header, a cookie or a message to another process. */
export function writeToken(position: string | undefined): string {
  return prefix + Buffer.from(position ?? nowhere).toString('base64url');
}

/** More than a client has writes under way at once; each costs a question to a replica. */
const mostTokens = 16;

/**
 * The positions in a token, or in several with commas between. Undefined when one names none. Throws `TOKEN_INVALID` for
 * what no server of ours can have said.
 */
export function readTokens(tokens: string, replication: Replication | undefined): readonly string[] | undefined {
  const all = tokens.split(',', mostTokens + 1);
  if (all.length > mostTokens) throw invalid(`there are more than ${mostTokens} tokens of writes`);
  const positions = all.map((token) => readToken(token.trim(), replication));
  const known = positions.filter((position) => position !== undefined);
  return known.length === positions.length ? known : undefined;
}

function readToken(token: string, replication: Replication | undefined): string | undefined {
  const text = token.startsWith(prefix) ? Buffer.from(token.slice(prefix.length), 'base64url').toString() : '';
  if (text === nowhere) return undefined;
  if (replication?.isPosition(text) === true && writeToken(text) === token) return text;
  throw invalid('the token of a write is not one that this database gave');
}

function invalid(reason: string): RowhouseError {
  return new RowhouseError('TOKEN_INVALID', reason, {
    hint: 'pass on what token() gave, unchanged; leave it out to read from any replica',
  });
}
