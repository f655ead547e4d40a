import { isWord, tokenize, unquote, type Token } from '../inspect/tokens.ts';
import { foldName } from './fold-name.ts';

/** What may name others: a view or a trigger. */
export interface Mentioning {
  readonly id: string;
  readonly sql: string;
}

/**
 * What each view and trigger needs, by id: the tables and views that its text names, and what those name in turn. Reads
 * too much into a text rather than too little. Views that name each other need none of each other: SQLite lets them be.
 */
export function requirements(
  objects: readonly Mentioning[],
  ids: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly string[]> {
  const direct = new Map(objects.map(({ id, sql }) => [id, mentionedIds(sql, ids)]));
  const reached = new Map(objects.map(({ id }) => [id, reach(id, direct)]));
  return new Map(
    objects.map(({ id }) => [
      id,
      [...(reached.get(id) ?? [])].filter((other) => other !== id && reached.get(other)?.has(id) !== true),
    ]),
  );
}

/** Does the text name this column, table or view? */
export function mentions(sql: string, name: string): boolean {
  return tokenize(sql).some((token) => isName(token) && foldName(unquote(token)) === foldName(name));
}

function mentionedIds(sql: string, ids: ReadonlyMap<string, string>): ReadonlySet<string> {
  const tokens = tokenize(sql);
  const found = tokens.flatMap((token, at) =>
    isName(token) || isTableString(token, tokens[at - 1]) ? (ids.get(foldName(unquote(token))) ?? []) : [],
  );
  return new Set(found);
}

function reach(start: string, direct: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [start];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    for (const next of direct.get(id) ?? []) {
      if (found.has(next)) continue;
      found.add(next);
      waiting.push(next);
    }
  }
  return found;
}

function isName({ kind }: Token): boolean {
  return kind === 'word' || kind === 'name';
}

/** SQLite takes a string where only a name can stand. */
function isTableString(token: Token, before: Token | undefined): boolean {
  return token.kind === 'string' && ['from', 'join', 'into', 'update', 'on', ','].some((word) => isWord(before, word));
}
