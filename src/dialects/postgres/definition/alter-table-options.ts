import type { Table } from '../../../catalog/model/table.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import { plainly, rewriting } from '../online/step.ts';
import { storageSettings } from './table.ts';
import { splitOptions, switchTexts } from './table-switches.ts';
import { alterTable } from './texts.ts';

/** Gives a table other options: those it has no more go back to the server's own. */
export function alterTableOptions(
  table: Table,
  options: NonNullable<Table['options']>,
): readonly DefinitionStatement[] {
  const [from, to] = [splitOptions(table.options ?? {}), splitOptions(options)];
  const gone = Object.keys(from.storage).filter((name) => !(name in to.storage));
  const set = storageSettings(table, to.storage);
  const alter = alterTable(table);
  return [
    ...(from.switches.unlogged === to.switches.unlogged
      ? []
      : [plainly(`${alter} set ${to.switches.unlogged === true ? 'unlogged' : 'logged'}`, rewriting(table))]),
    ...(gone.length === 0 ? [] : [plainly(`${alter} reset (${gone.join(', ')})`)]),
    ...(set === '' ? [] : [plainly(`${alter} set (${set})`)]),
    ...switchTexts(table, from.switches, to.switches).map((sql) => plainly(sql)),
  ];
}
