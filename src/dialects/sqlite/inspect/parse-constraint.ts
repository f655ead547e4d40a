import type { ForeignKeyAction } from '../../../catalog/model/constraint.ts';
import { parseTerms, type ParsedTerm } from './parse-terms.ts';
import type { TokenReader } from './token-reader.ts';

/** A constraint as it is written, on a column or on the table. */
export type ParsedConstraint =
  | (ParsedKey & { readonly kind: 'primary-key' })
  | (ParsedKey & { readonly kind: 'unique' })
  | { readonly kind: 'check'; readonly name?: string; readonly column?: string; readonly expression: string }
  | ParsedForeignKey;

export interface ParsedKey {
  readonly name?: string;
  readonly terms: readonly ParsedTerm[];
  /** What `on conflict` says, where it says something. */
  readonly conflict?: string;
  /** Written on its column. */
  readonly inline: boolean;
  readonly autoincrement: boolean;
}

export interface ParsedForeignKey {
  readonly kind: 'foreign-key';
  readonly name?: string;
  readonly columns: readonly string[];
  readonly table: string;
  /** Empty: the primary key of that table. */
  readonly references: readonly string[];
  readonly onDelete: ForeignKeyAction;
  readonly onUpdate: ForeignKeyAction;
  readonly deferrable?: 'immediate' | 'deferred';
}

/** Reads the table constraint that is next; undefined for a name without a constraint, which SQLite lets pass. */
export function parseConstraint(reader: TokenReader): ParsedConstraint | undefined {
  const named = reader.take('constraint') ? { name: reader.name() } : {};
  if (reader.takeAll('primary', 'key')) {
    // In a table constraint the word stands inside the brackets, behind the column.
    const autoincrement = reader.isInBrackets('autoincrement');
    return {
      kind: 'primary-key',
      ...named,
      terms: parseTerms(reader),
      inline: false,
      autoincrement,
      ...parseConflict(reader),
    };
  }
  if (reader.take('unique')) {
    return {
      kind: 'unique',
      ...named,
      terms: parseTerms(reader),
      inline: false,
      autoincrement: false,
      ...parseConflict(reader),
    };
  }
  if (reader.take('check')) {
    const expression = reader.bracketed();
    // SQLite reads a conflict clause here and does not act on it.
    parseConflict(reader);
    return { kind: 'check', ...named, expression };
  }
  if (reader.takeAll('foreign', 'key')) {
    const columns = parseNames(reader);
    reader.take('references');
    return { kind: 'foreign-key', ...named, columns, ...parseReferences(reader) };
  }
  return undefined;
}

export function parseConflict(reader: TokenReader): { readonly conflict?: string } {
  return reader.takeAll('on', 'conflict') ? { conflict: reader.name().toLowerCase() } : {};
}

/** Reads what follows `references`. A `match` clause is passed over: SQLite does not act on it. */
export function parseReferences(reader: TokenReader): Omit<ParsedForeignKey, 'kind' | 'name' | 'columns'> {
  const table = reader.name();
  const references = reader.isAt('(') ? parseNames(reader) : [];
  let onDelete: ForeignKeyAction = 'no-action';
  let onUpdate: ForeignKeyAction = 'no-action';
  for (;;) {
    if (reader.takeAll('on', 'delete')) onDelete = parseAction(reader);
    else if (reader.takeAll('on', 'update')) onUpdate = parseAction(reader);
    else if (reader.take('match')) reader.next();
    else break;
  }
  return { table, references, onDelete, onUpdate, ...parseDeferrable(reader) };
}

/** Reads `[not] deferrable [initially …]` when it is next. */
export function parseDeferrable(reader: TokenReader): { readonly deferrable?: 'immediate' | 'deferred' } {
  const never = reader.takeAll('not', 'deferrable');
  if (!never && !reader.take('deferrable')) return {};
  const deferred = reader.takeAll('initially', 'deferred');
  reader.takeAll('initially', 'immediate');
  return never ? {} : { deferrable: deferred ? 'deferred' : 'immediate' };
}

function parseAction(reader: TokenReader): ForeignKeyAction {
  if (reader.takeAll('set', 'null')) return 'set-null';
  if (reader.takeAll('set', 'default')) return 'set-default';
  if (reader.take('cascade')) return 'cascade';
  if (reader.take('restrict')) return 'restrict';
  reader.takeAll('no', 'action');
  return 'no-action';
}

function parseNames(reader: TokenReader): readonly string[] {
  return parseTerms(reader).map((term) => term.name ?? term.text);
}
