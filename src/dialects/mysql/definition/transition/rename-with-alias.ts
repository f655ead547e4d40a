import type { Change } from '../../../../catalog/change/change.ts';
import { applyChange } from '../../../../catalog/change/apply.ts';
import { sameName } from '../../../../catalog/model/object-name.ts';
import type { CompileOptions, DefinitionStatement } from '../../../../dialect/definition.ts';
import { mysqlText } from '../../text.ts';
import { notNullCheck } from '../constraint.ts';
import { alterTable, making, memberOf, removing, setting, type DefinitionContext } from '../context.ts';
import { checksAfterRename } from '../rename-table.ts';
import { followInViews } from '../follow-in-views.ts';
import { tableOf } from '../table-of.ts';
import { createAlias } from './alias.ts';

/**
 * A rename and the view under the other name as one exchange of names: between two statements the name would be free for a
 * moment, and whoever asks for it then would fail. Undefined where the change is not half of such a pair.
 */
export function renameWithAlias(
  change: Change,
  { earlier = [], next }: CompileOptions,
  context: DefinitionContext,
): readonly DefinitionStatement[] | undefined {
  const previous = earlier.at(-1);
  if (isPair(change, next)) return exchange(change, columnsOf(next), context);
  if (change.kind === 'alias-table' && isPair(previous, change)) return [];
  if (change.kind === 'drop-alias' && isPairBack(change, next)) return [];
  if (isPairBack(previous, change)) return exchangeBack(change, context);
  return undefined;
}

type Rename = Extract<Change, { kind: 'rename-table' }>;

/** The table is renamed, and its old name goes on as a view. */
function isPair(rename: Change | undefined, alias: Change | undefined): rename is Rename {
  return (
    rename?.kind === 'rename-table' &&
    alias?.kind === 'alias-table' &&
    alias.alias === rename.table.name &&
    sameName(alias.table, { ...rename.table, name: rename.to })
  );
}

function columnsOf(alias: Change | undefined): readonly string[] | undefined {
  return alias?.kind === 'alias-table' ? alias.columns : undefined;
}

/** The view goes, and the table takes its name. */
function isPairBack(alias: Change | undefined, rename: Change | undefined): rename is Rename {
  return (
    alias?.kind === 'drop-alias' &&
    rename?.kind === 'rename-table' &&
    sameName(alias.table, rename.table) &&
    alias.alias === rename.to
  );
}

/** A view can only be made of what is there, so an empty table has the new name until the names change hands. */
function exchange(
  change: Rename,
  named: readonly string[] | undefined,
  before: DefinitionContext,
): readonly DefinitionStatement[] {
  const { table, to } = change;
  const after = { ...before, catalog: applyChange(change, before.catalog) };
  const columns = named ?? tableOf(table, before).columns.map(({ name }) => name);
  const [view, empty] = [interimName(table.name, 'view'), interimName(to, 'empty')];
  const [old, next] = [mysqlText.name(table.name), mysqlText.name(to)];
  const names = `${next} to ${mysqlText.name(empty)}, ${old} to ${next}, ${mysqlText.name(view)} to ${old}`;
  return [
    making(`create table ${next} like ${old}`, { kind: 'table', name: to }),
    making(createAlias(view, to, columns), { kind: 'view', name: view }),
    removing(`rename table ${names}`, { kind: 'view', name: view }),
    setting(`drop table if exists ${mysqlText.name(empty)}`),
    ...renamedChecks(change, before),
    ...followInViews({ before, after }),
  ];
}

function exchangeBack(change: Rename, before: DefinitionContext): readonly DefinitionStatement[] {
  const { table, to } = change;
  const after = { ...before, catalog: applyChange(change, before.catalog) };
  const view = mysqlText.name(interimName(to, 'view'));
  const [old, next] = [mysqlText.name(table.name), mysqlText.name(to)];
  return [
    removing(`rename table ${next} to ${view}, ${old} to ${next}`, { kind: 'table', name: table.name }),
    setting(`drop view if exists ${view}`),
    ...renamedChecks(change, before),
    ...followInViews({ before, after }),
  ];
}

/** The first of them to be gone says that all have their new names: they change in one statement. */
function renamedChecks(change: Rename, before: DefinitionContext): readonly DefinitionStatement[] {
  const after = { ...before, catalog: applyChange(change, before.catalog) };
  const clauses = checksAfterRename(change, { before, after });
  const [first] = tableOf(change.table, before).columns.flatMap((column) =>
    notNullCheck(column, tableOf(change.table, before), before),
  );
  if (first === undefined) return [];
  const next = { name: change.to };
  return [removing(alterTable(next, clauses), memberOf(next, 'constraint', first.name))];
}

/** Names may have 64 characters; two tables whose names begin alike are not renamed by one statement. */
function interimName(name: string, purpose: 'view' | 'empty'): string {
  return `rowhouse_${purpose}_${name}`.slice(0, 64);
}
