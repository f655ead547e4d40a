import {
  parseConflict,
  parseConstraint,
  parseDeferrable,
  parseReferences,
  type ParsedConstraint,
} from './parse-constraint.ts';
import { TokenReader } from './token-reader.ts';
import { unquote } from './tokens.ts';

/** What the text of a `create table` says beyond what SQLite's pragmas report. */
export interface ParsedTable {
  readonly columns: readonly ParsedColumn[];
  readonly constraints: readonly ParsedConstraint[];
}

export interface ParsedColumn {
  readonly name: string;
  /** The declared type as it is written; empty where there is none. */
  readonly type: string;
  readonly notNull: boolean;
  /** The SQL of the default, with the brackets of an expression. */
  readonly default?: string;
  /** The comment behind the type: the type that was meant where SQLite demands a word of its own. */
  readonly typeComment?: string;
  readonly collation?: string;
  readonly generated?: { readonly expression: string; readonly stored: boolean };
  readonly notNullConflict?: string;
}

/** Reads the text of a `create table` as `sqlite_schema` keeps it. */
export function parseTable(sql: string): ParsedTable {
  const reader = new TokenReader(sql);
  const columns: ParsedColumn[] = [];
  const constraints: ParsedConstraint[] = [];
  reader.until('(');
  reader.next();
  do {
    if (reader.isAt('constraint', 'primary', 'unique', 'check', 'foreign')) {
      const constraint = parseConstraint(reader);
      if (constraint !== undefined) constraints.push(constraint);
    } else {
      const { column, own } = parseColumn(reader);
      columns.push(column);
      constraints.push(...own);
    }
    // The comma between table constraints may be missing.
  } while (reader.take(',') || !reader.take(')'));
  return { columns, constraints };
}

function parseColumn(reader: TokenReader): { column: ParsedColumn; own: readonly ParsedConstraint[] } {
  const first = reader.next();
  const name = unquote(first);
  const typeWords = reader.until(...columnWords);
  const comment = (typeWords.at(-1) ?? first).comment;
  let column: ParsedColumn = {
    name,
    type: typeWords.length === 0 ? '' : reader.text(typeWords),
    notNull: false,
    ...(comment === undefined ? {} : { typeComment: comment }),
  };
  const own: ParsedConstraint[] = [];
  let constraint: { name?: string } = {};
  while (!reader.isAt(',', ')')) {
    if (reader.take('constraint')) {
      constraint = { name: reader.name() };
      continue;
    }
    const key = parseKey(reader, name);
    if (key !== undefined) own.push({ ...key, ...constraint });
    else if (reader.take('check'))
      own.push({ kind: 'check', ...constraint, column: name, expression: reader.bracketed() });
    else if (reader.take('references'))
      own.push({ kind: 'foreign-key', ...constraint, columns: [name], ...parseReferences(reader) });
    else if (reader.isAt('deferrable') || reader.isAtAll('not', 'deferrable')) amendLast(own, parseDeferrable(reader));
    else column = { ...column, ...parseAttribute(reader) };
    constraint = {};
  }
  return { column, own };
}

/** A foreign key and its `deferrable` may have other attributes between them. */
function amendLast(own: ParsedConstraint[], deferrable: ReturnType<typeof parseDeferrable>): void {
  const at = own.findLastIndex((constraint) => constraint.kind === 'foreign-key');
  const foreignKey = own[at];
  if (foreignKey?.kind === 'foreign-key') own[at] = { ...foreignKey, ...deferrable };
}

const columnWords: readonly string[] = [
  ',',
  ')',
  'constraint',
  'primary',
  'not',
  'null',
  'unique',
  'check',
  'default',
  'collate',
  'references',
  'deferrable',
  'generated',
  'as',
];

function parseKey(reader: TokenReader, name: string): ParsedConstraint | undefined {
  if (reader.takeAll('primary', 'key')) {
    const descending = reader.take('desc');
    reader.take('asc');
    const conflict = parseConflict(reader);
    const autoincrement = reader.take('autoincrement');
    return { kind: 'primary-key', terms: [{ name, text: name, descending }], inline: true, autoincrement, ...conflict };
  }
  if (!reader.take('unique')) return undefined;
  const terms = [{ name, text: name, descending: false }];
  return { kind: 'unique', terms, inline: true, autoincrement: false, ...parseConflict(reader) };
}

/** Reads one attribute that is no constraint of the catalog. */
function parseAttribute(reader: TokenReader): Partial<ParsedColumn> {
  if (reader.take('collate')) return { collation: reader.name() };
  if (reader.takeAll('generated', 'always') || reader.isAt('as')) return { generated: parseGenerated(reader) };
  if (reader.takeAll('not', 'null')) {
    const { conflict } = parseConflict(reader);
    return { notNull: true, ...(conflict === undefined ? {} : { notNullConflict: conflict }) };
  }
  if (reader.take('default')) return { default: parseDefault(reader) };
  if (reader.take('null')) parseConflict(reader);
  else reader.next();
  return {};
}

function parseGenerated(reader: TokenReader): { readonly expression: string; readonly stored: boolean } {
  reader.take('as');
  const expression = reader.bracketed();
  const stored = reader.take('stored');
  reader.take('virtual');
  return { expression, stored };
}

function parseDefault(reader: TokenReader): string {
  if (reader.isAt('(')) return `(${reader.bracketed()})`;
  const sign = reader.isAt('+', '-') ? reader.next().text : '';
  return sign + reader.next().text;
}
