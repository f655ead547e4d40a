import type { AlterTable, TableClause } from '../../../dialect/lint/action.ts';
import type { LintWord } from '../../../dialect/lint/word.ts';
import { readClause } from './read-clause.ts';
import { splitAtCommas, WordReader } from './word-reader.ts';

/** What stands behind `alter table`. */
export function readAlterTable(reader: WordReader): AlterTable {
  const ifExists = reader.takeCondition();
  reader.take('only');
  const table = reader.name();
  reader.take('*');
  const parts = splitAtCommas(reader.rest());
  const algorithm = demanded(parts, 'algorithm');
  const lock = demanded(parts, 'lock');
  return {
    kind: 'alter-table',
    table,
    ifExists,
    clauses: parts.filter((part) => !isDemand(part)).flatMap(readParts),
    ...(algorithm === undefined ? {} : { algorithm }),
    ...(lock === undefined ? {} : { lock }),
  };
}

/** `add column (a int, b int)` is several clauses. */
function readParts(words: readonly LintWord[]): readonly TableClause[] {
  const reader = new WordReader(words);
  const [first] = words;
  if (first !== undefined && reader.take('add')) {
    reader.take('column');
    if (reader.isAt('(')) return splitAtCommas(reader.group()).map((column) => readClause([first, ...column]));
  }
  return [readClause(words)];
}

function isDemand(words: readonly LintWord[]): boolean {
  return new WordReader(words).isAt('algorithm') || new WordReader(words).isAt('lock');
}

function demanded(parts: readonly (readonly LintWord[])[], what: string): string | undefined {
  return parts.find((part) => new WordReader(part).isAt(what))?.findLast(({ kind }) => kind === 'word')?.text;
}
