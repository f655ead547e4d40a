import type { ColumnDefault } from '../../../catalog/model/column.ts';
import type { ColumnType } from '../../../catalog/model/column-type.ts';
import { textExpression, type LiteralValue } from '../../../catalog/model/expression.ts';
import { currentMoment } from '../current-moment.ts';
import { isWord, tokenize, unquote, type Token } from './tokens.ts';

/** A default as SQLite keeps it: a constant, the current moment, or an expression. `null` is no default at all. */
export function readDefault(text: string, type: ColumnType): ColumnDefault | undefined {
  if (isMoment(text, type)) return { kind: 'now' };
  const tokens = tokenize(text);
  const [first] = tokens;
  if (tokens.length === 1 && isWord(first, 'null')) return undefined;
  const value = constant(tokens, type);
  return value === undefined ? { kind: 'expression', expression: textExpression(text) } : { kind: 'literal', value };
}

function isMoment(text: string, type: ColumnType): boolean {
  const moment = currentMoment(type);
  if (moment === undefined) return false;
  const isClock = type.kind === 'timestamp' || type.kind === 'timestamptz';
  return text === moment || text.toLowerCase() === (isClock ? 'current_timestamp' : `current_${type.kind}`);
}

function constant(tokens: readonly Token[], type: ColumnType): LiteralValue | undefined {
  const [first, second, ...more] = tokens;
  if (first === undefined || more.length > 0) return undefined;
  if (isWord(first, '-') || isWord(first, '+')) {
    return second?.kind === 'number' ? numberValue(`${first.text === '-' ? '-' : ''}${second.text}`, type) : undefined;
  }
  if (second !== undefined) return undefined;
  switch (first.kind) {
    case 'number':
      return numberValue(first.text, type);
    case 'word':
      return wordValue(first.text, type);
    case 'string':
    case 'name':
      return textValue(unquote(first), type);
    case 'blob':
    case 'symbol':
      return undefined;
  }
}

const keywords: ReadonlySet<string> = new Set(['current_date', 'current_time', 'current_timestamp']);

/** SQLite reads a lone word that is no keyword as a string. */
function wordValue(word: string, type: ColumnType): LiteralValue | undefined {
  const lower = word.toLowerCase();
  if (lower === 'true' || lower === 'false') return type.kind === 'boolean' ? lower === 'true' : undefined;
  return keywords.has(lower) ? undefined : textValue(word, type);
}

const wholeNumber = /^(?:0|-?[1-9][0-9]{0,17})$/;
const plainNumber = /^-?[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?$/i;

function numberValue(text: string, type: ColumnType): LiteralValue | undefined {
  if (!plainNumber.test(text)) return undefined;
  switch (type.kind) {
    case 'smallint':
    case 'integer':
    case 'real':
    case 'double':
      return Number(text);
    case 'native':
      // A column of no known type keeps 1.0 apart from 1.
      return String(Number(text)) === text ? Number(text) : undefined;
    case 'decimal':
      return text.toLowerCase().includes('e') ? undefined : text;
    case 'bigint':
      return wholeNumber.test(text) ? text : undefined;
    case 'boolean':
      return text === '1' ? true : text === '0' ? false : undefined;
    case 'text':
    case 'varchar':
    case 'char':
    case 'json':
    case 'enum':
      // A column of text keeps a number in SQLite's own spelling: only a whole one is sure to be this one.
      return wholeNumber.test(text) ? text : undefined;
    case 'bytes':
    case 'uuid':
    case 'date':
    case 'time':
    case 'timestamp':
    case 'timestamptz':
    case 'interval':
    case 'array':
    case 'vector':
      return undefined;
  }
}

function textValue(text: string, type: ColumnType): LiteralValue | undefined {
  switch (type.kind) {
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'decimal':
    case 'real':
    case 'double':
      return numberValue(text, type);
    case 'timestamp':
      return text.replace(' ', 'T');
    case 'text':
    case 'varchar':
    case 'char':
    case 'uuid':
    case 'date':
    case 'time':
    case 'timestamptz':
    case 'interval':
    case 'json':
    case 'enum':
    case 'native':
      return text;
    case 'boolean':
    case 'bytes':
    case 'array':
    case 'vector':
      return undefined;
  }
}
