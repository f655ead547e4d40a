/** How SQLite stores what a column is given. */
export type Affinity = 'integer' | 'text' | 'blob' | 'real' | 'numeric';

/** The affinity of a declared type: SQLite looks for these letters in it, in this order, wherever they stand. */
export function affinityOf(declared: string): Affinity {
  const word = declared.toLowerCase();
  if (word.includes('int')) return 'integer';
  if (/char|clob|text/.test(word)) return 'text';
  if (word === '' || word.includes('blob')) return 'blob';
  return /real|floa|doub/.test(word) ? 'real' : 'numeric';
}
