import { findTable, type Catalog } from '../../../catalog/model/catalog.ts';
import type { Check } from '../../../catalog/model/constraint.ts';
import type { ObjectName } from '../../../catalog/model/object-name.ts';
import { isWord, tokenize, unquote } from '../inspect/tokens.ts';
import { foldName } from '../rebuild/fold-name.ts';
import { expressionText } from './expression.ts';

/** What gives a value as long as its operands have one; a division does not, nor do most functions. */
const safeWords = ['and', 'or', 'not', 'in', 'between', 'is', 'like', 'glob', 'length', 'lower', 'upper', 'trim'];
const unsafeSign = /\/|%|->/;

/**
 * Can the check be neither true nor false of a row? It lets such a row pass, but `alter table … add check` stops at it
 * (measured: SQLite 3.53.4). Says yes where it does not know.
 */
export function canBeUnknown({ expression }: Check, table: ObjectName, catalog: Catalog): boolean {
  const columns = findTable(catalog, table)?.columns ?? [];
  const full = new Set(columns.filter(({ nullable }) => !nullable).map(({ name }) => foldName(name)));
  const text = expressionText(expression);
  if (unsafeSign.test(text)) return true;
  return tokenize(text).some((token) => {
    if (token.kind !== 'word' && token.kind !== 'name') return false;
    return !full.has(foldName(unquote(token))) && !safeWords.some((word) => isWord(token, word));
  });
}
