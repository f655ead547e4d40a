import { findTable, type Catalog } from '../../../catalog/model/catalog.ts';
import type { Precheck } from '../../../dialect/definition.ts';
import { unlikeRows } from '../../../dialect/prechecks.ts';
import { postgresText, qualified } from '../text.ts';
import { askedAlter } from '../online/asked-alter.ts';
import { checkedTable } from './texts.ts';

/**
 * Rows that an exclusion constraint would not allow together. Asked only where something must be equal: without that the
 * server could but compare each row with each other one, and the copying of the rows finds the first two.
 */
export function exclusionPrechecks(sql: string, before: Catalog): readonly Precheck[] {
  const asked = askedAlter(sql);
  const table = asked === undefined ? undefined : findTable(before, asked.table);
  const rule = excluding.exec(asked?.rest ?? '');
  if (asked === undefined || table?.primaryKey === undefined || rule === null) return [];
  const [, list = '', , where] = rule;
  const elements = splitList(list).map((element) => /^(.+) with ([^\s\w"]+)$/is.exec(element));
  if (!elements.some((element) => element?.[2] === '=')) return [];
  const known = elements.flatMap((element) =>
    element === null ? [] : [{ value: element[1] ?? '', operator: element[2] ?? '' }],
  );
  if (known.length < elements.length) return [];
  const key = table.primaryKey.columns.map((name) => postgresText.name(name));
  const values = known.map(({ value }, place) => `(${value}) as "rowhouse ${place}"`);
  const rows = `(select ${[...key, ...values].join(', ')} from ${qualified(asked.table)}${where === undefined ? '' : ` where ${where}`})`;
  const pairs = known.map(({ operator }, place) => `a."rowhouse ${place}" ${operator} b."rowhouse ${place}"`);
  const isOther = `not (${key.map((name) => `a.${name} = b.${name}`).join(' and ')})`;
  const condition = `(${key.map((name) => `t.${name}`).join(', ')}) in (select ${key.map((name) => `a.${name}`).join(', ')}
    from ${rows} a join ${rows} b on ${[...pairs, isOther].join(' and ')})`;
  return [unlikeRows(postgresText, checkedTable(table), condition, asked.adds.name)];
}

const excluding = /^add constraint "(?:[^"]|"")+" exclude (?:using \w+ )?\((.*?)\)( where (\(.*\)))?$/is;

/** `a with =, int4range(b, c) with &&`: commas within parentheses divide nothing. */
function splitList(list: string): readonly string[] {
  const parts: string[] = [];
  let [depth, part] = [0, ''];
  for (const character of list) {
    depth += character === '(' ? 1 : character === ')' ? -1 : 0;
    if (character === ',' && depth === 0) {
      parts.push(part.trim());
      part = '';
    } else part += character;
  }
  return [...parts, part.trim()];
}
