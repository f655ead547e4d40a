import { RowhouseError } from 'rowhouse';

/** Who calls, by the tokens that this example knows, of the companies in `seeds/`; a real one checks a signature. */
const tenantByToken: Readonly<Record<string, string>> = {
  'Bearer acme': '00000000-0000-7000-8000-00000000000a',
  'Bearer umbrella': '00000000-0000-7000-8000-00000000000b',
};

/** The tenant that a caller has proven to be. Never take it from a body, a path or a header of its own. */
export function tenantOfToken(authorization: string | null): string {
  const tenant = tenantByToken[authorization ?? ''];
  if (tenant === undefined) throw new RowhouseError('TENANT_MISSING', 'the request has no token that we know');
  return tenant;
}
