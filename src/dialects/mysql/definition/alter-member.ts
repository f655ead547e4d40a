import type { Alteration } from '../../../catalog/change/alteration.ts';
import { memberBefore } from '../../../catalog/change/find-before.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import { refuseName } from '../refuse.ts';
import { mysqlText } from '../text.ts';
import { printCheck, printForeignKey, printUnique } from './constraint.ts';
import { alterTable, making, memberOf, setting, type AlterationContext } from './context.ts';
import { followForeignKeys } from './foreign-key-index.ts';
import { prechecksOf } from './prechecks.ts';
import { dropCheck } from './rename-table.ts';
import { indexColumns, printIndex } from './table-index.ts';
import { tableOf } from './table-of.ts';

type Change<K extends Alteration['kind']> = Extract<Alteration, { kind: K }>;

/** An index under another name; the columns that carry its expressions are named after it. */
export function renameIndex(
  { table, name, to }: Change<'rename-index'>,
  { before, after }: AlterationContext,
): readonly DefinitionStatement[] {
  refuseName(table, to);
  const index = memberBefore(before.catalog, table, 'indexes', name);
  const columns = indexColumns({ ...index, name: to }, after);
  const parts = [
    `rename index ${mysqlText.name(name)} to ${mysqlText.name(to)}`,
    ...indexColumns(index, before).map((column, n) => `rename column ${nameTo(column, columns[n] ?? column)}`),
  ];
  const renamed = making(alterTable(table, parts), memberOf(table, 'index', to));
  return [{ ...renamed, frees: memberOf(table, 'index', name) }];
}

/** A unique key is an index; checks and foreign keys have no other way than to be made anew in the same statement. */
export function renameConstraint(
  { table: name, name: from, to }: Change<'rename-constraint'>,
  { before, after }: AlterationContext,
): readonly DefinitionStatement[] {
  const [old, next] = [tableOf(name, before), tableOf(name, after)];
  // The server calls every primary key PRIMARY.
  if (old.primaryKey?.name === from) return [];
  refuseName(name, to);
  const check = next.checks.find((one) => one.name === to);
  const foreignKey = next.foreignKeys.find((one) => one.name === to);
  const parts = [
    ...(check === undefined ? [] : [dropCheck(from), `add ${printCheck(check, next, after)}`]),
    ...(foreignKey === undefined
      ? []
      : [
          dropForeignKey(from),
          ...followForeignKeys(old, next, after.flavor),
          `add ${printForeignKey(foreignKey, next)}`,
        ]),
    ...(check === undefined && foreignKey === undefined ? [`rename index ${nameTo(from, to)}`] : []),
  ];
  const renamed = making(alterTable(name, parts), memberOf(name, 'constraint', to));
  return [{ ...renamed, frees: memberOf(name, 'constraint', from) }];
}

/** A unique constraint over other columns. */
export function replaceUnique(
  change: Change<'alter-unique'>,
  { before, after }: AlterationContext,
): readonly DefinitionStatement[] {
  const { table: name, unique } = change;
  const next = tableOf(name, after);
  const parts = [
    `drop index ${mysqlText.name(unique.name)}`,
    `add ${printUnique(unique, next)}`,
    ...followForeignKeys(tableOf(name, before), next, after.flavor),
  ];
  return [{ ...setting(alterTable(name, parts)), ...prechecksOf(change, before) }];
}

/** A check of something else. */
export function replaceCheck(
  change: Change<'alter-check'>,
  { before, after }: AlterationContext,
): readonly DefinitionStatement[] {
  const { table: name, check } = change;
  const parts = [dropCheck(check.name), `add ${printCheck(check, tableOf(name, after), after)}`];
  return [{ ...setting(alterTable(name, parts)), ...prechecksOf(change, before) }];
}

/** An index over something else; the columns that carry its expressions go and come with it. */
export function replaceIndex(
  change: Change<'alter-index'>,
  { before, after }: AlterationContext,
): readonly DefinitionStatement[] {
  const { table: name, index } = change;
  const [old, next] = [tableOf(name, before), tableOf(name, after)];
  const replaced = memberBefore(before.catalog, name, 'indexes', index.name);
  const { columns, definition } = printIndex(index, next, after);
  const parts = [
    `drop index ${mysqlText.name(index.name)}`,
    ...indexColumns(replaced, before).map((column) => `drop column ${mysqlText.name(column)}`),
    ...columns.map((column) => `add column ${column}`),
    `add ${definition}`,
    ...followForeignKeys(old, next, after.flavor),
  ];
  return [{ ...setting(alterTable(name, parts)), ...prechecksOf(change, before) }];
}

/** The clause that drops a foreign key. */
export function dropForeignKey(name: string): string {
  return `drop foreign key ${mysqlText.name(name)}`;
}

function nameTo(from: string, to: string): string {
  return `${mysqlText.name(from)} to ${mysqlText.name(to)}`;
}
