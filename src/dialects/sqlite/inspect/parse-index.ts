import { parseTerms, type ParsedTerm } from './parse-terms.ts';
import { TokenReader } from './token-reader.ts';

export interface ParsedIndex {
  readonly unique: boolean;
  readonly terms: readonly ParsedTerm[];
  readonly where?: string;
}

/** Reads the text of a `create index` as `sqlite_schema` keeps it. */
export function parseIndex(sql: string): ParsedIndex {
  const reader = new TokenReader(sql);
  reader.take('create');
  const unique = reader.take('unique');
  reader.until('(');
  const terms = parseTerms(reader);
  if (!reader.take('where')) return { unique, terms };
  return { unique, terms, where: reader.text(reader.until(';')) };
}
