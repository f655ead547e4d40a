import { factText } from '../fact-text.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import { quoted } from '../names.ts';
import { step } from '../step.ts';
import { sequenceOptions } from './sequence-text.ts';

/** `generated always as identity (…)`, with the name and the numbers of its sequence. */
export function identityText(fact: Fact): string {
  const { attributes } = fact;
  return `generated ${attributes['always'] === true ? 'always' : 'by default'} as identity (sequence name ${sequenceOf(fact)} ${sequenceOptions(attributes)})`;
}

/** The sequence is made as its table is, logged or not: what it is otherwise is said when it is there. */
export function keepAsSaid(fact: Fact): readonly DefinitionStatement[] {
  const { kept } = fact.attributes;
  return typeof kept === 'string' ? [step(`alter sequence ${sequenceOf(fact)} set ${kept}`)] : [];
}

export function sequenceOf({ attributes, notes = {} }: Fact): string {
  return quoted(factText(notes['schema']), factText(attributes['sequence']));
}
