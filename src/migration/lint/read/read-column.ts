import type { ColumnFacts, TypeFacts, WrittenName } from '../../../dialect/lint/facts.ts';
import { isKeyword, type LintWord } from '../../../dialect/lint/word.ts';
import { WordReader } from './word-reader.ts';

/** A column's name, type and what is said of it. */
export function readColumn(words: readonly LintWord[]): ColumnFacts {
  const reader = new WordReader(words);
  const { at } = reader;
  const { name } = reader.name();
  const type = readType(reader);
  const said: Said = {};
  while (!reader.done) readPart(reader, said);
  return {
    name,
    type,
    notNull: said.notNull === true,
    check: said.check === true,
    unique: said.unique === true,
    primaryKey: said.primaryKey === true,
    identity: said.identity === true,
    autoIncrement: said.autoIncrement === true,
    commented: said.commented === true,
    placed: said.placed === true,
    saysNull: said.saysNull === true,
    ...(said.default === undefined ? {} : { default: said.default }),
    ...(said.references === undefined ? {} : { references: said.references }),
    ...(said.generated === undefined ? {} : { generated: said.generated }),
    at,
  };
}

/** The words of a type, up to what is said of the column beside it. */
export function readType(reader: WordReader): TypeFacts {
  const { at } = reader;
  const names: string[] = [];
  let inside: readonly LintWord[] = [];
  let isArray = false;
  while (!reader.done && !endsType(reader)) {
    if (reader.isAt('(')) inside = reader.group();
    else if (reader.take('.')) names.pop();
    else if (reader.take('[')) {
      isArray = true;
      while (!reader.done && !reader.take(']')) reader.next();
    } else if (reader.take('array')) isArray = true;
    else names.push(reader.next()?.text.toLowerCase() ?? '');
  }
  return { name: names.join(' '), arguments: inside, isArray, at };
}

function endsType(reader: WordReader): boolean {
  return isKeyword(reader.peek(), ...afterType) || reader.isAt('character', 'set') || reader.isAt(',');
}

const afterType = [
  'not',
  'null',
  'default',
  'constraint',
  'check',
  'unique',
  'primary',
  'references',
  'generated',
  'as',
  'collate',
  'comment',
  'on',
  'auto_increment',
  'autoincrement',
  'after',
  'first',
  'key',
  'storage',
  'compression',
  'visible',
  'invisible',
  'deferrable',
  'initially',
  'using',
  'charset',
  'set',
];

type Said = { -readonly [K in keyof ColumnFacts]?: ColumnFacts[K] };

function readPart(reader: WordReader, said: Said): void {
  if (reader.take('not', 'null')) said.notNull = true;
  else if (reader.take('null')) said.saysNull = true;
  else if (reader.take('default')) said.default = readDefault(reader);
  else if (reader.take('check')) {
    said.check = true;
    reader.group();
  } else if (reader.take('unique')) said.unique = true;
  else if (reader.take('primary', 'key')) said.primaryKey = true;
  else if (reader.take('references')) said.references = readReference(reader);
  else if (reader.takeOne('auto_increment', 'autoincrement') !== undefined) said.autoIncrement = true;
  else if (reader.take('comment')) said.commented = true;
  else if (reader.takeOne('first', 'after') !== undefined) said.placed = true;
  else if (reader.take('as', 'identity')) said.identity = true;
  else if (reader.take('as')) {
    reader.group();
    said.generated = reader.takeOne('stored', 'persistent') === undefined ? 'virtual' : 'stored';
  } else if (reader.isAt('(')) reader.group();
  else if (!reader.take('generated', 'by', 'default')) reader.next();
}

function readReference(reader: WordReader): WrittenName {
  const name = reader.name();
  reader.group();
  while (reader.take('on', 'delete') || reader.take('on', 'update')) {
    if (!reader.take('set', 'null') && !reader.take('set', 'default') && !reader.take('no', 'action')) reader.next();
  }
  return name;
}

function readDefault(reader: WordReader): readonly LintWord[] {
  const words: LintWord[] = [];
  do {
    if (reader.isAt('(')) words.push({ kind: 'symbol', text: '(', at: reader.at }, ...reader.group());
    else {
      const word = reader.next();
      if (word !== undefined) words.push(word);
    }
  } while (!reader.done && !isKeyword(reader.peek(), ...afterDefault));
  return words;
}

const afterDefault = [
  'not',
  'null',
  'constraint',
  'check',
  'unique',
  'primary',
  'references',
  'generated',
  'collate',
  'comment',
  'on',
  'auto_increment',
  'after',
  'first',
  'key',
  'storage',
  'visible',
  'invisible',
  'deferrable',
];
