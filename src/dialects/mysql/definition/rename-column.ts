import type { Alteration } from '../../../catalog/change/alteration.ts';
import { findColumn, type Table } from '../../../catalog/model/table.ts';
import { canonicalJson } from '../../../catalog/snapshot/canonical-json.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import { refuseName } from '../refuse.ts';
import { mysqlText } from '../text.ts';
import { printColumn } from './column.ts';
import { notNullCheck, printCheck } from './constraint.ts';
import { alterTable, making, memberOf, type AlterationContext, type DefinitionContext } from './context.ts';
import { dropCheck } from './rename-table.ts';
import { printIndex } from './table-index.ts';
import { tableOf } from './table-of.ts';

/**
 * A column under another name, in one statement with all that speaks of it: one server rewrites checks, generated columns
 * and indexes itself, the other refuses to rename unless they are made anew beside it.
 */
export function renameColumn(
  { table: name, column, to }: Extract<Alteration, { kind: 'rename-column' }>,
  { before, after }: AlterationContext,
): readonly DefinitionStatement[] {
  const [old, next] = [tableOf(name, before), tableOf(name, after)];
  refuseName(old, to);
  const parts = [
    `rename column ${mysqlText.name(column)} to ${mysqlText.name(to)}`,
    ...ownChecks(old, column, before).map((check) => dropCheck(check.name)),
    ...ownChecks(next, to, after).map((check) => `add ${printCheck(check, next, after)}`),
    ...(before.flavor.followsRenames ? [] : mentioning(old, next, after)),
  ];
  const renamed = making(alterTable(name, parts), memberOf(name, 'column', to));
  return [{ ...renamed, frees: memberOf(name, 'column', column) }];
}

function ownChecks(table: Table, name: string, context: DefinitionContext): ReturnType<typeof notNullCheck> {
  const column = findColumn(table, name);
  return column === undefined ? [] : notNullCheck(column, table, context);
}

/** Checks, generated columns and indexes whose expressions the new name changes. */
function mentioning(old: Table, next: Table, context: DefinitionContext): readonly string[] {
  const generated = next.columns.filter(
    (column, place) => canonicalJson(column.generated ?? null) !== canonicalJson(old.columns[place]?.generated ?? null),
  );
  const checks = next.checks.filter(
    (check, place) => canonicalJson(check.expression) !== canonicalJson(old.checks[place]?.expression ?? null),
  );
  const indexes = next.indexes.filter((index, place) => expressions(index) !== expressions(old.indexes[place]));
  return [
    ...generated.map((column) => `modify column ${printColumn(column, next, context)}`),
    ...checks.flatMap((check) => [dropCheck(check.name), `add ${printCheck(check, next, context)}`]),
    ...indexes.flatMap((index) => [
      `drop index ${mysqlText.name(index.name)}`,
      `add ${printIndex(index, next, context).definition}`,
    ]),
  ];
}

function expressions(index: Table['indexes'][number] | undefined): string {
  return canonicalJson([index?.where ?? null, index?.keys.map((key) => key.expression ?? null) ?? null]);
}
