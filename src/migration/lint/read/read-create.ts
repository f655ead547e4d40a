import type { CreateIndex, CreateTable, LintAction } from '../../../dialect/lint/action.ts';
import { isKeyword, type LintWord } from '../../../dialect/lint/word.ts';
import { readColumn } from './read-column.ts';
import { readConstraint } from './read-constraint.ts';
import { hasKeyword, splitAtCommas, WordReader } from './word-reader.ts';

/** What stands behind `create`. */
export function readCreate(reader: WordReader): LintAction {
  const replaces = reader.take('or', 'replace');
  const temporary = takeTemporary(reader);
  const unlogged = reader.take('unlogged');
  if (reader.take('table') || (unlogged && reader.take('table'))) return readCreateTable(reader, temporary);
  if (reader.take('foreign', 'table')) return readCreateTable(reader, temporary);
  const special = reader.takeOne('fulltext', 'spatial', 'vector');
  const unique = reader.take('unique');
  if (reader.take('index')) return readCreateIndex(reader, unique, special);
  return readOther(reader, { replaces, temporary });
}

function takeTemporary(reader: WordReader): boolean {
  reader.takeOne('global', 'local');
  return reader.takeOne('temporary', 'temp') !== undefined;
}

function readCreateTable(reader: WordReader, temporary: boolean): CreateTable {
  const ifNotExists = reader.takeCondition();
  const table = reader.name();
  const partitionOf = reader.take('partition', 'of') ? reader.name() : undefined;
  const parts = splitAtCommas(reader.group());
  const options = reader.rest();
  const constraints = parts.flatMap((part) => readConstraint(part) ?? []);
  return {
    kind: 'create-table',
    table,
    columns: partitionOf === undefined ? parts.filter(isColumn).map(readColumn) : [],
    constraints,
    ifNotExists,
    filled: hasKeyword(options, 'select', 'as') || parts.some(([first]) => isKeyword(first, 'select')),
    ...(partitionOf === undefined ? {} : { partitionOf }),
    hasMoreColumns:
      parts.length === 0 ||
      hasKeyword(options, 'inherits', 'like') ||
      parts.some(([first]) => isKeyword(first, 'like')),
    temporary,
    droppedOnCommit: temporary && hasKeyword(options, 'drop'),
    options,
  };
}

/** `key`, `index` and the like begin no column, unless a type stands behind them. */
function isColumn(part: readonly LintWord[]): boolean {
  const [first] = part;
  if (isKeyword(first, 'like', 'select', 'fulltext', 'spatial', 'period', 'exclude')) return false;
  if (isKeyword(first, 'key', 'index') && part.some(({ text }) => text === '(')) return false;
  return readConstraint(part) === undefined;
}

function readCreateIndex(reader: WordReader, unique: boolean, special: string | undefined): CreateIndex {
  const concurrently = reader.take('concurrently');
  const ifNotExists = reader.takeCondition();
  const name = reader.isAt('on') ? undefined : reader.name().name;
  while (!reader.done && !reader.isAt('on')) reader.next();
  reader.take('on');
  const only = reader.take('only');
  const table = reader.name();
  while (!reader.done && !reader.isAt('(')) reader.next();
  return {
    kind: 'create-index',
    table,
    ...(name === undefined ? {} : { name }),
    unique,
    concurrently,
    ifNotExists,
    keys: splitAtCommas(reader.group()).length,
    ...(special === undefined ? {} : { special }),
    only,
  };
}

function readOther(
  reader: WordReader,
  { replaces, temporary }: { readonly replaces: boolean; readonly temporary: boolean },
): LintAction {
  while (!reader.done && !isKeyword(reader.peek(), ...objectWords)) reader.next();
  if (reader.done) return { kind: 'not-understood' };
  const what = reader.take('materialized', 'view') ? 'materialized view' : (reader.next()?.text ?? '');
  const ifNotExists = reader.takeCondition() || replaces;
  return { kind: 'create-other', what, name: reader.name().name, ifNotExists, temporary };
}

/** What a definition can be about, tables and indexes aside. */
export const objectWords: readonly string[] = [
  'view',
  'materialized',
  'sequence',
  'type',
  'domain',
  'function',
  'procedure',
  'trigger',
  'policy',
  'schema',
  'database',
  'extension',
  'role',
  'user',
  'event',
  'rule',
  'aggregate',
  'publication',
  'subscription',
  'server',
  'collation',
  'cast',
  'operator',
  'statistics',
  'tablespace',
  'language',
  'conversion',
];
