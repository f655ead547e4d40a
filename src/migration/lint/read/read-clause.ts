import type { TableClause } from '../../../dialect/lint/action.ts';
import type { LintWord } from '../../../dialect/lint/word.ts';
import { readColumn, readType } from './read-column.ts';
import { readConstraint } from './read-constraint.ts';
import { hasKeyword, splitAtCommas, WordReader } from './word-reader.ts';

/** One part of an `alter table`. */
export function readClause(words: readonly LintWord[]): TableClause {
  const reader = new WordReader(words);
  const { at } = reader;
  if (reader.take('add')) return readAdd(reader, at);
  if (reader.take('drop')) return readDrop(reader, at);
  if (reader.take('alter')) return readAlterColumn(reader, at);
  if (reader.take('rename')) return readRename(reader, at);
  if (reader.take('modify')) return readModify(reader, at, false);
  if (reader.take('change')) return readModify(reader, at, true);
  if (reader.take('validate', 'constraint')) return { kind: 'validate-constraint', name: reader.name().name, at };
  if (reader.take('attach', 'partition')) return { kind: 'attach-partition', partition: reader.name().name, at };
  if (reader.take('detach', 'partition')) {
    reader.name();
    return { kind: 'detach-partition', concurrently: hasKeyword(reader.rest(), 'concurrently', 'finalize'), at };
  }
  if (reader.take('truncate', 'partition')) return { kind: 'drop-partition', at };
  return readSwitch(reader, at);
}

function readAdd(reader: WordReader, at: number): TableClause {
  const constraint = readConstraint(reader.rest());
  if (constraint !== undefined) return { kind: 'add-constraint', constraint: { ...constraint, at }, at };
  const special = reader.takeOne('fulltext', 'spatial', 'vector');
  if (special !== undefined || ((reader.isAt('index') || reader.isAt('key')) && reader.peek(1) !== undefined)) {
    reader.takeOne('index', 'key');
    while (!reader.done && !reader.isAt('(')) reader.next();
    const keys = splitAtCommas(reader.group()).length;
    return { kind: 'add-index', unique: false, keys, ...(special === undefined ? {} : { special }), at };
  }
  if (reader.take('partition')) return { kind: 'other', at };
  reader.take('column');
  const ifNotExists = reader.takeCondition();
  return { kind: 'add-column', column: readColumn(reader.rest()), ifNotExists, at };
}

function readDrop(reader: WordReader, at: number): TableClause {
  if (reader.take('primary', 'key'))
    return { kind: 'drop-constraint', name: '', ifExists: false, of: 'primary-key', at };
  if (reader.take('foreign', 'key')) {
    const ifExists = reader.takeCondition();
    return { kind: 'drop-constraint', name: reader.name().name, ifExists, of: 'foreign-key', at };
  }
  if (reader.takeOne('constraint', 'check') !== undefined) {
    const ifExists = reader.takeCondition();
    return { kind: 'drop-constraint', name: reader.name().name, ifExists, at };
  }
  if (reader.takeOne('index', 'key') !== undefined) {
    reader.takeCondition();
    return { kind: 'drop-index', name: reader.name().name, at };
  }
  if (reader.take('partition')) return { kind: 'drop-partition', at };
  reader.take('column');
  const ifExists = reader.takeCondition();
  return { kind: 'drop-column', column: reader.name().name, ifExists, at };
}

function readAlterColumn(reader: WordReader, at: number): TableClause {
  if (reader.isAt('constraint') || reader.isAt('index') || reader.isAt('check')) return { kind: 'other', at };
  reader.take('column');
  const column = reader.name().name;
  if (reader.isAt('set', 'statistics')) return { kind: 'tune', at };
  if (reader.take('set', 'not', 'null')) return { kind: 'set-not-null', column, at };
  if (reader.take('drop', 'not', 'null')) return { kind: 'drop-not-null', column, at };
  if (reader.take('set', 'default')) return { kind: 'set-default', column, at };
  if (reader.take('drop', 'default')) return { kind: 'drop-default', column, at };
  if (reader.take('add', 'generated')) return { kind: 'add-identity', column, at };
  if (reader.take('set', 'data', 'type') || reader.take('type')) {
    return { kind: 'set-type', column, type: readType(reader), at };
  }
  return { kind: 'other', at };
}

function readRename(reader: WordReader, at: number): TableClause {
  if (reader.takeOne('constraint', 'index', 'key') !== undefined) return { kind: 'rename-constraint', at };
  if (reader.takeOne('to', 'as') !== undefined) return { kind: 'rename-table', to: reader.name().name, at };
  reader.take('column');
  const from = reader.name().name;
  if (reader.take('to')) return { kind: 'rename-column', from, to: reader.name().name, at };
  return reader.done ? { kind: 'rename-table', to: from, at } : { kind: 'other', at };
}

function readModify(reader: WordReader, at: number, renames: boolean): TableClause {
  reader.take('column');
  reader.takeCondition();
  const from = renames ? reader.name().name : (reader.peek()?.text ?? '');
  return { kind: 'modify-column', from, column: readColumn(reader.rest()), at };
}

function readSwitch(reader: WordReader, at: number): TableClause {
  if (reader.take('convert', 'to')) {
    while (!reader.done && reader.takeOne('character', 'set', 'charset') !== undefined);
    return { kind: 'convert-charset', charset: reader.next()?.text ?? '', at };
  }
  const how = rebuilding.find((words) => reader.isAt(...words));
  if (how !== undefined) return { kind: 'rebuild', how: how.join(' '), at };
  if (reader.isAt('set', 'without', 'cluster') || reader.isAt('cluster', 'on') || reader.isAt('set', '(')) {
    return { kind: 'tune', at };
  }
  if (reader.take('set', 'schema')) return { kind: 'set-schema', at };
  if (reader.take('disable', 'trigger')) return { kind: 'disable-trigger', at };
  if (reader.take('enable', 'row', 'level', 'security')) return { kind: 'row-security', enabled: true, at };
  if (reader.take('disable', 'row', 'level', 'security')) return { kind: 'row-security', enabled: false, at };
  return { kind: 'other', at };
}

const rebuilding = [
  ['set', 'logged'],
  ['set', 'unlogged'],
  ['set', 'tablespace'],
  ['set', 'access', 'method'],
  ['force'],
  ['engine'],
  ['row_format'],
  ['key_block_size'],
  ['tablespace'],
] as const;
