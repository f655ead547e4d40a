import type { Alteration } from '../../../catalog/change/alteration.ts';
import { applyChange } from '../../../catalog/change/apply.ts';
import { findTable, type Catalog } from '../../../catalog/model/catalog.ts';
import type { ObjectName } from '../../../catalog/model/object-name.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import { foldName } from '../rebuild/fold-name.ts';
import { refuse, refuseChange, refuseName } from '../refuse.ts';
import { sqliteText } from '../text.ts';
import { alter } from './alter-table.ts';
import { alterEnum, renameEnumValue } from './alter-enum.ts';
import { expressionText } from './expression.ts';
import { createIndex } from './index-definition.ts';
import { rawText } from './raw.ts';
import { remakeTable, withoutReaders, type Step } from './remake-table.ts';
import { createView } from './view.ts';

/** What changes something that stays: in place where SQLite can, else the table is made anew with its rows. */
export function compileAlteration(change: Alteration, before: Catalog): readonly DefinitionStatement[] {
  const step = { before, after: applyChange(change, before) };
  switch (change.kind) {
    case 'rename-table':
      refuseName({ name: change.to });
      return [plain(`${alter(change.table)} rename to ${sqliteText.name(change.to)}`)];
    case 'rename-column':
      return [plain(`${alter(change.table)} rename column ${names(change.column, change.to)}`)];
    case 'rename-index':
      return replaceIndex(change.table, change.name, change.to, step);
    case 'alter-index':
      return replaceIndex(change.table, change.index.name, change.index.name, step);
    case 'alter-column':
      return remakeTable(
        change.table,
        step,
        change.using && new Map([[foldName(change.column.name), `(${expressionText(change.using)})`]]),
      );
    case 'rename-constraint':
    case 'set-primary-key':
    case 'alter-unique':
    case 'alter-check':
    case 'alter-foreign-key':
    case 'set-table-options':
      return remakeTable(change.table, step);
    // SQLite keeps no comments, and an enum has no name there.
    case 'set-table-comment':
    case 'rename-enum':
      return [];
    case 'move-object':
      if (change.of === 'enum') return [];
      throw refuse(change.object, undefined, 'sqlite has no namespaces', 'leave the namespace out');
    case 'alter-enum':
      return alterEnum(change.enum, step);
    case 'rename-enum-value':
      return renameEnumValue(change, step);
    case 'rename-sequence':
      throw refuse(change.sequence, undefined, 'sqlite has no sequences', 'leave it out for sqlite');
    case 'alter-sequence':
      throw refuse(change.sequence, undefined, 'sqlite has no sequences', 'leave it out for sqlite');
    case 'rename-view':
      return replaceView(change.view, change.to, step);
    case 'alter-view':
      return replaceView(change.view, change.view.name, step);
    case 'alter-raw':
      return replaceRaw(change, step);
  }
}

function replaceIndex(table: ObjectName, from: string, to: string, { after }: Step): readonly DefinitionStatement[] {
  const index = findTable(after, table)?.indexes.find(({ name }) => name === to);
  return [
    plain(`drop index ${sqliteText.name(from)}`),
    ...(index === undefined ? [] : [plain(createIndex(table, index))]),
  ];
}

/** Triggers go with their view, and what reads it is made again as the new view has it. */
function replaceView(from: ObjectName, to: string, step: Step): readonly DefinitionStatement[] {
  const view = step.after.views.find(({ name }) => name === to);
  const statements = [
    plain(`drop view ${sqliteText.name(from.name)}`),
    ...(view === undefined ? [] : [plain(createView(view))]),
  ];
  return withoutReaders(from.name, step, statements).map(({ sql }) => plain(sql));
}

function replaceRaw(
  { object }: Extract<Alteration, { kind: 'alter-raw' }>,
  { before }: Step,
): readonly DefinitionStatement[] {
  if (object.type === 'virtual table')
    throw refuseChange(object, object.name, 'a virtual table keeps its rows in its module', 'fill a new one by hand');
  const old = before.raw.find(
    ({ type, name, table }) => type === object.type && name === object.name && table === object.table,
  );
  return [plain(rawText(old?.drop ?? object.drop, object)), plain(rawText(object.create, object))];
}

function names(from: string, to: string): string {
  return `${sqliteText.name(from)} to ${sqliteText.name(to)}`;
}

function plain(sql: string): DefinitionStatement {
  return { sql, transactional: true };
}
