import { RowhouseError } from '../errors/rowhouse-error.ts';
import { holdsPassword, maskUrl } from './mask-url.ts';

/** Refuses a URL that stands in a project's file with its password: what is committed is read by everyone, for ever. */
export function assertNoLiteralCredentials(url: string): void {
  if (!holdsPassword(url)) return;
  throw new RowhouseError('CONFIG_INVALID', 'a URL in the project file holds a password', {
    details: { url: maskUrl(url) },
    hint: 'leave the password out and set DB_PASSWORD or DB_PASSWORD_FILE, or set the whole DATABASE_URL outside',
  });
}
