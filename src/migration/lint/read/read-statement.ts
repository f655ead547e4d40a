import type { LintAction } from '../../../dialect/lint/action.ts';
import { isKeyword, type LintWord } from '../../../dialect/lint/word.ts';
import { readAlterTable } from './read-alter-table.ts';
import { objectWords, readCreate } from './read-create.ts';
import { readDelete, readInsert, readMerge, readUpdate } from './read-rows.ts';
import { hasKeyword, WordReader } from './word-reader.ts';

/** What a statement does, as far as its words say: nothing is guessed. */
export function readStatement(words: readonly LintWord[]): LintAction {
  const reader = new WordReader(words);
  const first = reader.next();
  if (first?.kind !== 'word') return { kind: 'not-understood' };
  return readers[first.text]?.(reader) ?? { kind: 'not-understood' };
}

type Reader = (reader: WordReader) => LintAction;

const readers: Readonly<Record<string, Reader>> = {
  create: readCreate,
  alter: readAlter,
  drop: readDrop,
  rename: (reader) => (reader.take('table') ? { kind: 'rename-tables', tables: renamed(reader) } : { kind: 'note' }),
  reindex: readReindex,
  truncate: (reader) => {
    reader.take('table');
    reader.take('only');
    return { kind: 'truncate', tables: reader.names(), cascade: hasKeyword(reader.rest(), 'cascade') };
  },
  vacuum: (reader) => ({ kind: 'vacuum', full: reader.isAt('full') || optionIsOn(reader.group(), 'full') }),
  cluster: () => ({ kind: 'cluster' }),
  refresh: (reader) => {
    reader.take('materialized', 'view');
    const concurrently = reader.take('concurrently');
    return { kind: 'refresh-view', concurrently, view: reader.name() };
  },
  update: readUpdate,
  delete: readDelete,
  insert: readInsert,
  replace: readInsert,
  copy: (reader) => ({ kind: 'insert', table: reader.name(), assigned: [] }),
  merge: readMerge,
  with: (reader) => (hasKeyword(reader.rest(), 'insert', 'update', 'delete') ? { kind: 'not-understood' } : select),
  select: () => select,
  values: () => select,
  table: () => select,
  begin: () => ({ kind: 'begin' }),
  start: (reader) => ({ kind: reader.isAt('transaction') ? 'begin' : 'not-understood' }),
  commit: () => ({ kind: 'commit' }),
  end: () => ({ kind: 'commit' }),
  rollback: (reader) => ({ kind: hasKeyword(reader.rest(), 'to') ? 'savepoint' : 'rollback' }),
  abort: () => ({ kind: 'rollback' }),
  savepoint: () => ({ kind: 'savepoint' }),
  release: () => ({ kind: 'savepoint' }),
  set: readSet,
  pragma: (reader) => {
    const { name } = reader.name();
    reader.next();
    return { kind: 'pragma', name: name.toLowerCase(), value: reader.next()?.text.toLowerCase() ?? '' };
  },
  lock: () => ({ kind: 'lock-table' }),
  grant: (reader) => ({
    kind: 'grant',
    all: reader.isAt('all'),
    toPublic: reader.rest().some((word) => isKeyword(word, 'public')),
  }),
  revoke: () => ({ kind: 'note' }),
  comment: () => ({ kind: 'note' }),
  analyze: () => ({ kind: 'note' }),
  explain: () => ({ kind: 'note' }),
  use: () => ({ kind: 'note' }),
  unlock: () => ({ kind: 'note' }),
  reset: () => ({ kind: 'note' }),
  show: () => ({ kind: 'note' }),
};

const select: LintAction = { kind: 'select' };

function readAlter(reader: WordReader): LintAction {
  reader.takeOne('online', 'ignore');
  if (reader.take('table') || reader.take('foreign', 'table')) return readAlterTable(reader);
  if (reader.take('domain')) return readAlterDomain(reader);
  if (reader.take('type')) return readAlterType(reader);
  const what = reader.next()?.text ?? '';
  if (what === 'materialized') reader.take('view');
  reader.takeCondition();
  return { kind: 'alter-other', what, name: reader.name().name };
}

function readAlterDomain(reader: WordReader): LintAction {
  const { name } = reader.name();
  const notValid = hasKeyword(reader.rest(), 'valid');
  if (reader.take('add') || reader.take('set', 'not', 'null')) {
    return { kind: 'domain-constraint', domain: name, notValid };
  }
  return { kind: 'alter-other', what: 'domain', name };
}

function readAlterType(reader: WordReader): LintAction {
  const { name } = reader.name();
  if (reader.take('rename', 'value')) {
    return { kind: 'enum-value', type: name, change: 'rename', placed: true, ifNotExists: true };
  }
  if (!reader.take('add', 'value')) return { kind: 'alter-other', what: 'type', name };
  const ifNotExists = reader.takeCondition();
  const placed = hasKeyword(reader.rest(), 'before', 'after');
  return { kind: 'enum-value', type: name, change: 'add', placed, ifNotExists };
}

function readDrop(reader: WordReader): LintAction {
  reader.take('temporary');
  if (reader.take('table') || reader.take('foreign', 'table')) {
    const ifExists = reader.takeCondition();
    return { kind: 'drop-table', tables: reader.names(), ifExists };
  }
  if (reader.take('index')) {
    const concurrently = reader.take('concurrently');
    const ifExists = reader.takeCondition();
    return { kind: 'drop-index', names: reader.names(), concurrently, ifExists };
  }
  if (!isKeyword(reader.peek(), ...objectWords)) return { kind: 'not-understood' };
  const what = reader.take('materialized', 'view') ? 'materialized view' : (reader.next()?.text ?? '');
  const ifExists = reader.takeCondition();
  return { kind: 'drop-other', what, name: reader.name().name, ifExists };
}

function readReindex(reader: WordReader): LintAction {
  const inOptions = optionIsOn(reader.group(), 'concurrently');
  const what = reader.next()?.text ?? '';
  return { kind: 'reindex', what, concurrently: inOptions || reader.isAt('concurrently') };
}

/** An option in parentheses is on unless it is said to be off; a value that is not a plain word is taken as off. */
function optionIsOn(options: readonly LintWord[], name: string): boolean {
  const at = options.findIndex((word) => isKeyword(word, name));
  const value = options[at + 1];
  if (at === -1) return false;
  if (value === undefined || value.text === ',') return true;
  return ['true', 'on', '1'].includes(value.text) || /^'(?:true|on|1)'$/i.test(value.text);
}

function renamed(reader: WordReader): ReturnType<WordReader['names']> {
  const tables = [];
  do {
    tables.push(reader.name());
    reader.take('to');
    reader.name();
  } while (reader.take(','));
  return tables;
}

function readSet(reader: WordReader): LintAction {
  reader.takeOne('session', 'local', 'global');
  while (reader.take('@'));
  const name = reader.name();
  if (reader.takeOne('=', 'to') === undefined) reader.take(':', '=');
  return { kind: 'set', name: name.name.toLowerCase(), value: reader.rest() };
}
