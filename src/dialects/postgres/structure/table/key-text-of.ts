import { factText } from '../fact-text.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { KeyText } from '../../online/key.ts';
import { unquoted } from '../../printed-name.ts';
import { optionList, optionsOf } from '../options.ts';
import { placeOf, tableNameOf } from '../relation.ts';

const name = String.raw`(?:"(?:[^"]|"")+"|[\w$]+)`;
const list = String.raw`\((${name}(?:, ${name})*)\)`;
const form = new RegExp(
  String.raw`^(PRIMARY KEY|UNIQUE)( NULLS NOT DISTINCT)? ${list}(?: INCLUDE ${list})?((?: NOT)? DEFERRABLE(?: INITIALLY DEFERRED)?)?$`,
);

/** A primary key or a unique constraint taken apart; undefined where it says more than a list of columns. */
export function keyTextOf(fact: Fact): KeyText | undefined {
  const match = form.exec(factText(fact.attributes['definition']));
  if (match === null || typeof fact.attributes['tablespace'] === 'string') return undefined;
  const [, kind, nullsNotDistinct, columns = '', include = '', deferrable] = match;
  const options = optionsOf(fact);
  return {
    table: tableNameOf(fact),
    name: placeOf(fact).name,
    kind: kind === 'UNIQUE' ? 'unique' : 'primary key',
    columns: namesIn(columns),
    include: namesIn(include),
    nullsNotDistinct: nullsNotDistinct !== undefined,
    deferrable: deferrable?.trim(),
    storage: options.length === 0 ? undefined : optionList(options),
  };
}

function namesIn(text: string): readonly string[] {
  return [...text.matchAll(new RegExp(name, 'g'))].map(([one]) => unquoted(one));
}
