import { factText } from '../fact-text.ts';
import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import { parseIndexText, type IndexText } from '../../online/index-text.ts';
import { quoted } from '../names.ts';
import { optionList, optionsOf } from '../options.ts';
import { placeOf, tableNameOf } from '../relation.ts';
import { indexChanges } from './index-changes.ts';

/** An index as the text that makes it, with its parameters and its tablespace. */
export function indexTextOf(fact: Fact): IndexText {
  const text = parseIndexText(factText(fact.attributes['definition']), placeOf(fact).name, tableNameOf(fact));
  return { ...text, body: bodyOf(text.body, fact) };
}

/** What cannot be said where an index is made: that the table is in its order, that it identifies rows, and its statistics. */
export function indexMarks(fact: Fact): readonly DefinitionStatement[] {
  const bare = { clustered: false, replicaIdentity: false, statistics: [] };
  return indexChanges({ ...fact, attributes: { ...fact.attributes, ...bare } }, fact);
}

/** Parameters and tablespace stand before the condition. */
function bodyOf(body: string, fact: Fact): string {
  const { tablespace } = fact.attributes;
  const options = optionsOf(fact);
  const clauses = [
    ...(options.length === 0 ? [] : [` with (${optionList(options)})`]),
    ...(typeof tablespace === 'string' ? [` tablespace ${quoted(tablespace)}`] : []),
  ].join('');
  const at = body.indexOf(' WHERE (');
  return at === -1 ? body + clauses : body.slice(0, at) + clauses + body.slice(at);
}
