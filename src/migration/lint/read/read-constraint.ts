import type { ConstraintFacts } from '../../../dialect/lint/facts.ts';
import type { LintWord } from '../../../dialect/lint/word.ts';
import { WordReader } from './word-reader.ts';

/** A table's constraint, when the words define one. */
export function readConstraint(words: readonly LintWord[]): ConstraintFacts | undefined {
  const reader = new WordReader(words);
  const { at } = reader;
  const named = reader.take('constraint');
  const name = named && kindAt(reader) === undefined ? reader.name().name : undefined;
  const kind = kindAt(reader);
  if (kind === undefined) return undefined;
  for (const _word of keywords[kind]) reader.next();
  const usingIndex = indexName(reader);
  while (!reader.done && !reader.isAt('(') && !reader.isAt('references')) reader.next();
  const inside = reader.group();
  return {
    kind,
    notValid: saysNotValid(words),
    inside,
    ...(name === undefined ? {} : { name }),
    ...(usingIndex === undefined ? {} : { usingIndex }),
    ...(kind === 'foreign-key' && reader.take('references') ? { references: reader.name() } : {}),
    at,
  };
}

const keywords: Readonly<Record<ConstraintFacts['kind'], readonly string[]>> = {
  check: ['check'],
  unique: ['unique'],
  'primary-key': ['primary', 'key'],
  'foreign-key': ['foreign', 'key'],
  exclude: ['exclude'],
  'not-null': ['not', 'null'],
};

const kinds: readonly ConstraintFacts['kind'][] = [
  'check',
  'unique',
  'primary-key',
  'foreign-key',
  'exclude',
  'not-null',
];

function kindAt(reader: WordReader): ConstraintFacts['kind'] | undefined {
  return kinds.find((kind) => reader.isAt(...keywords[kind]));
}

function indexName(reader: WordReader): string | undefined {
  return reader.take('using', 'index') ? reader.name().name : undefined;
}

function saysNotValid(words: readonly LintWord[]): boolean {
  return words.some(({ text }, at) => text === 'not' && ['valid', 'enforced'].includes(words[at + 1]?.text ?? ''));
}
