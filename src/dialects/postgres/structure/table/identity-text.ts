import { factText } from '../fact-text.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import { quoted } from '../names.ts';
import { sequenceOptions } from './sequence-text.ts';

/** `generated always as identity (…)`, with the name and the numbers of its sequence. */
export function identityText({ attributes, notes = {} }: Fact): string {
  const name = quoted(factText(notes['schema']), factText(attributes['sequence']));
  return `generated ${attributes['always'] === true ? 'always' : 'by default'} as identity (sequence name ${name} ${sequenceOptions(attributes)})`;
}
