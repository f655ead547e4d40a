import type { Fact } from '../../../dialect/structure/fact.ts';
import { mysqlText } from '../text.ts';
import { parseTable } from './parse-table.ts';
import { printTable } from './print-table.ts';
import { notShown, showObject, type ReadObject, type ReadRefusal } from './read-object.ts';
import { tableFacts } from './table-facts.ts';

/**
 * The facts about a table. They are believed only when they make the server's own text again, letter by letter: else
 * the table holds something that they do not say.
 */
export async function readTable(object: ReadObject): Promise<readonly Fact[] | ReadRefusal> {
  const { text: shown } = await showObject(object);
  if (shown === undefined) return notShown;
  const text = withoutDatabase(shown, object.database);
  const table = parseTable(text);
  if (typeof table === 'string') return { reason: table, text };
  if (!isSameText(printTable(table), text)) return { reason: 'its text is not what its parts make again', text };
  return tableFacts(table);
}

/** Sequences are printed with the name of their database, which another database of the same structure has not. */
function withoutDatabase(text: string, database: string): string {
  const prefix = `${mysqlText.name(database)}.`;
  return text.replaceAll(/\b(?:nextval|lastval)\(`(?:[^`]|``)+`\./g, (call) =>
    call.endsWith(prefix) ? call.slice(0, -prefix.length) : call,
  );
}

/** The number that the next row gets may be told or not. */
function isSameText(printed: string, text: string): boolean {
  if (printed === text) return true;
  return [...text.matchAll(/ AUTO_INCREMENT=\d+(?= )/g)].some(
    ({ index, 0: counter }) => printed === text.slice(0, index) + text.slice(index + counter.length),
  );
}
