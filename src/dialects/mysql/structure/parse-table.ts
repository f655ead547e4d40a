import { parseColumn } from './parse-column.ts';
import { afterGroup, afterQuoted, splitList, unquoteName } from './scan.ts';
import { parseFrame } from './parse-frame.ts';
import type { CheckShape, ColumnShape, ForeignKeyShape, IndexShape, TableShape } from './table-shape.ts';

/** Takes the text of `show create table` apart. A sentence says what is not understood. */
export function parseTable(text: string): TableShape | string {
  const head = /^CREATE TABLE (`(?:[^`]|``)+`) /.exec(text);
  if (head?.[1] === undefined) return 'its text does not begin as a table does';
  const bodyEnd = afterGroup(text, head[0].length);
  const items = splitList(text.slice(head[0].length + 1, bodyEnd - 2)).map((item) => item.trimStart());
  const frame = parseFrame(text.slice(bodyEnd), items.filter(isPeriod));
  if (typeof frame === 'string') return frame;
  const columns: ColumnShape[] = [];
  const indexes: IndexShape[] = [];
  const foreignKeys: ForeignKeyShape[] = [];
  const checks: CheckShape[] = [];
  for (const item of items.filter((one) => !isPeriod(one))) {
    const column = item.startsWith('`') ? parseColumn(item, frame.options['CHARSET'] ?? '') : undefined;
    const index = parseIndex(item);
    const foreignKey = parseForeignKey(item);
    const check = parseCheck(item);
    if (column !== undefined) columns.push(column);
    else if (index !== undefined) indexes.push(index);
    else if (foreignKey !== undefined) foreignKeys.push(foreignKey);
    else if (check !== undefined) checks.push(check);
    else return `this part of it is not understood: ${item.slice(0, 80)}`;
  }
  return { name: unquoteName(head[1]), columns, indexes, foreignKeys, checks, frame };
}

function isPeriod(item: string): boolean {
  return item.startsWith('PERIOD FOR ');
}

function parseIndex(item: string): IndexShape | undefined {
  const found = /^(PRIMARY KEY|(?:(?:UNIQUE|FULLTEXT|SPATIAL|VECTOR) )?KEY)(?: (`(?:[^`]|``)+`))? \(/.exec(item);
  if (found?.[1] === undefined) return undefined;
  const begin = found[0].length - 1;
  const end = afterGroup(item, begin);
  const rest = item.slice(end);
  const unused = / \/\*!80000 INVISIBLE \*\/$| IGNORED$/.exec(rest)?.[0] ?? '';
  return {
    name: found[2] === undefined ? 'PRIMARY' : unquoteName(found[2]),
    method: found[1],
    columns: item.slice(begin, end),
    options: rest.slice(0, rest.length - unused.length),
    unused,
  };
}

function parseForeignKey(item: string): ForeignKeyShape | undefined {
  const found =
    /^CONSTRAINT (`(?:[^`]|``)+`) FOREIGN KEY (\(.*?\)) REFERENCES (?:(`(?:[^`]|``)+`)\.)?(`(?:[^`]|``)+`) /.exec(item);
  if (found === null) return undefined;
  const [all, name = '', columns = '', database, table = ''] = found;
  const end = afterGroup(item, all.length);
  return {
    name: unquoteName(name),
    columns,
    database: database === undefined ? '' : unquoteName(database),
    table: unquoteName(table),
    referenced: item.slice(all.length, end),
    rules: item.slice(end),
  };
}

function parseCheck(item: string): CheckShape | undefined {
  if (!item.startsWith('CONSTRAINT ')) return undefined;
  const nameEnd = afterQuoted(item, 11);
  if (!item.startsWith(' CHECK (', nameEnd)) return undefined;
  const end = afterGroup(item, nameEnd + 7);
  const enforcement = item.slice(end);
  if (enforcement !== '' && enforcement !== ' /*!80016 NOT ENFORCED */') return undefined;
  return { name: unquoteName(item.slice(11, nameEnd)), expression: item.slice(nameEnd + 7, end), enforcement };
}
