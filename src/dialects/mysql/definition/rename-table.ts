import type { Alteration } from '../../../catalog/change/alteration.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import { refuseName } from '../refuse.ts';
import { mysqlText } from '../text.ts';
import { notNullCheck, printCheck } from './constraint.ts';
import { alterTable, making, type AlterationContext } from './context.ts';
import { tableOf } from './table-of.ts';

/** Foreign keys follow their table. A check of ours that has the table's name in its own gets the new one. */
export function renameTable(
  { table, to }: Extract<Alteration, { kind: 'rename-table' }>,
  { before, after }: AlterationContext,
): readonly DefinitionStatement[] {
  refuseName({ name: to });
  const checks = checksAfterRename({ table, to }, { before, after });
  const sql = alterTable(table, [`rename to ${mysqlText.name(to)}`, ...checks]);
  return [{ ...making(sql, { kind: 'table', name: to }), frees: { kind: 'table', name: table.name } }];
}

/** The clauses that give the checks of ours in a renamed table their new names. */
export function checksAfterRename(
  { table, to }: Pick<Extract<Alteration, { kind: 'rename-table' }>, 'table' | 'to'>,
  { before, after }: AlterationContext,
): readonly string[] {
  const [old, next] = [tableOf(table, before), tableOf({ ...table, name: to }, after)];
  return [
    ...old.columns.flatMap((column) => notNullCheck(column, old, before)).map(({ name }) => dropCheck(name)),
    ...next.columns
      .flatMap((column) => notNullCheck(column, next, after))
      .map((check) => `add ${printCheck(check, next, after)}`),
  ];
}

/** The clause that drops a check. */
export function dropCheck(name: string): string {
  return `drop constraint ${mysqlText.name(name)}`;
}
