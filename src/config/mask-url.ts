import { mask } from './secret.ts';

/** The text of a URL, fit to be printed: whatever can be its password is `***`. Never connect with it. */
export function maskUrl(url: string): string {
  return maskQuery(maskCredentials(url));
}

/** Does this text hold a password? Says yes when in doubt. */
export function holdsPassword(url: string): boolean {
  return maskUrl(url) !== url && !/^[^:]*:\/\/[^:@]*:@/.test(url);
}

function maskCredentials(url: string): string {
  const [, head, body] = /^([a-z][\w+.:-]*?:\/\/)(.*)$/is.exec(url) ?? [];
  if (head === undefined || body === undefined) return url;
  const at = body.lastIndexOf('@');
  // Without an @ what stands at the port's place may be a password; `:memory:` is a database.
  if (at < 0) return head + body.replace(/^([^:/?[]*):(?!\d*(?:[/?]|$)|memory:).*$/s, `$1:${mask}`);
  const colon = body.indexOf(':');
  return colon < 0 || colon > at ? url : `${head}${body.slice(0, colon)}:${mask}${body.slice(at)}`;
}

function maskQuery(url: string): string {
  return url.replaceAll(/((?:^|[?&\s;])(?:ssl)?(?:password|passwd|pwd)=)[^&\s;]*/gi, `$1${mask}`);
}
