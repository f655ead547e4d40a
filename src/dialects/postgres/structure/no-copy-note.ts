import type { Fact } from '../../../dialect/structure/fact.ts';

/** What the server does to rows while others wait, and why no copy of the table could spare them that, as far as it was asked. */
export function noCopyNote(said: string, { notes }: Fact): string {
  const reason = notes?.['noCopy'];
  return typeof reason === 'string' ? `${said}; no copy can take its place: ${reason}` : said;
}
