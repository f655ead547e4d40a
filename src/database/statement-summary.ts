import { withoutConstants } from './statement-text.ts';

/** What a statement does, in as few words as a metric can be counted by. */
export interface StatementSummary {
  /** Upper case: `SELECT`. */
  readonly operation: string;
  /** The table it is about, without quotes; absent where the text does not say. */
  readonly collection?: string | undefined;
}

const summaries = new Map<string, StatementSummary>();

/** Reads what a statement does from its text. */
export function summarize(sql: string, quote: string): StatementSummary {
  const known = summaries.get(sql);
  if (known !== undefined) return known;
  const summary = readSummary(withoutNested(withoutConstants(sql, quote)));
  if (summaries.size >= 1_000) summaries.clear();
  summaries.set(sql, summary);
  return summary;
}

const name = String.raw`(?:"[^"]+"|${'`'}[^${'`'}]+${'`'}|[\w$]+)`;
const about = new RegExp(
  String.raw`\b(?:from|into|update|table|on)\s+(?:only\s+|if\s+(?:not\s+)?exists\s+)?(${name}(?:\s*\.\s*${name})?)`,
  'i',
);

function readSummary(sql: string): StatementSummary {
  const [first = ''] = /[a-z]+/i.exec(sql) ?? [];
  const main = /^with$/i.test(first) ? /\?\s*(select|insert|update|delete|merge)\b/i.exec(sql)?.[1] : first;
  const operation = (main ?? first).toUpperCase();
  const collection = about.exec(sql)?.[1]?.replaceAll(/["`\s]/g, '');
  return collection === undefined ? { operation } : { operation, collection };
}

/** `?` for what is in parentheses: subqueries, and functions with a `from` of their own. */
function withoutNested(sql: string): string {
  const outer = sql.replaceAll(/\([^()]*\)/g, '?');
  return outer === sql ? sql : withoutNested(outer);
}
