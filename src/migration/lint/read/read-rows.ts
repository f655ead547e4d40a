import type { Assigned, LintAction } from '../../../dialect/lint/action.ts';
import { isKeyword, type LintWord } from '../../../dialect/lint/word.ts';
import { hasKeyword, splitAtCommas, WordReader } from './word-reader.ts';

/** What stands behind `update`. */
export function readUpdate(reader: WordReader): LintAction {
  reader.takeOne('or', 'low_priority', 'ignore', 'only');
  const table = reader.name();
  while (!reader.done && !reader.isAt('set')) reader.next();
  reader.take('set');
  const rest = reader.rest();
  return { kind: 'update', table, hasWhere: hasKeyword(rest, 'where'), assigned: assignedIn(rest) };
}

/** What stands behind `delete`. */
export function readDelete(reader: WordReader): LintAction {
  reader.takeOne('low_priority', 'quick', 'ignore');
  reader.take('from');
  reader.take('only');
  return { kind: 'delete', table: reader.name(), hasWhere: hasKeyword(reader.rest(), 'where') };
}

/** What stands behind `insert into` or `replace into`. */
export function readInsert(reader: WordReader): LintAction {
  while (!reader.done && !reader.take('into')) reader.next();
  const table = reader.name();
  return { kind: 'insert', table, assigned: splitAtCommas(reader.group()).flatMap(columnOf) };
}

/** What stands behind `merge`. */
export function readMerge(reader: WordReader): LintAction {
  const assigned: Assigned[] = [];
  for (; !reader.done; reader.next()) {
    if (!reader.take('insert')) continue;
    assigned.push(...splitAtCommas(reader.group()).flatMap(columnOf));
  }
  return { kind: 'merge', assigned };
}

/** The columns on the left of each assignment, up to `from` or `where`. */
function assignedIn(words: readonly LintWord[]): readonly Assigned[] {
  const end = words.findIndex((word) => isKeyword(word, 'where', 'from', 'returning', 'order', 'limit'));
  return splitAtCommas(end === -1 ? words : words.slice(0, end)).flatMap((part) => {
    const reader = new WordReader(part);
    return reader.isAt('(') ? splitAtCommas(reader.group()).flatMap(columnOf) : columnOf(part);
  });
}

/** A column as it is written: with its field or its element, when only that is meant. */
function columnOf(words: readonly LintWord[]): readonly Assigned[] {
  const [first] = words;
  if (first === undefined) return [];
  const equals = words.findIndex(({ kind, text }) => kind === 'symbol' && text === '=');
  const written = equals === -1 ? words : words.slice(0, equals);
  return [{ name: written.map(({ text }) => text).join(''), at: first.at }];
}
