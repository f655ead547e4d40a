import type { DefinitionStatement } from '../../../dialect/definition.ts';
import type { Safety } from '../../../dialect/structure/rules.ts';
import { mysqlText } from '../text.ts';
import type { AlterStatement, PlannedAlter } from './alter-clause.ts';

/** One `alter table` of a plan. Where others must be able to go on meanwhile, it can still be taken apart. */
export function planAlter(alter: AlterStatement, safe: Safety): DefinitionStatement {
  const statement = printAlter(alter);
  const planned: PlannedAlter = { ...statement, asks: true, alter };
  return safe === 'plain' ? statement : planned;
}

/** Prints one `alter table`. `asking` is put behind its clauses: `algorithm=instant` lets the server refuse anything slower. */
export function printAlter(statement: AlterStatement, asking: readonly string[] = []): DefinitionStatement {
  const { table, clauses, partitioning, standsAlone = false, versioned } = statement;
  const texts = clauses.map(({ sql }) => sql);
  const list = (standsAlone ? [...asking, ...texts] : [...texts, ...asking]).join(', ');
  const what = [list, partitioning ?? ''].filter((text) => text !== '').join(' ');
  // Without it the server refuses to touch a table that keeps the history of its rows.
  const setting = versioned ? 'set statement system_versioning_alter_history = keep for ' : '';
  const notes = clauses.flatMap(({ note }) => note ?? []);
  const lost = clauses.flatMap(({ loses }) => loses ?? []);
  const done = clauses.find((clause) => clause.done !== undefined)?.done;
  const isQuick = partitioning === undefined && clauses.every(({ cost }) => cost === 'catalog');
  return {
    sql: `${setting}alter table ${mysqlText.name(table)} ${what}`,
    transactional: false,
    class: isQuick ? 'catalog' : 'scan',
    // What has no mark in the catalog to ask for sets the same state again when it is run again.
    ...(done === undefined ? { repeatable: true } : { done }),
    ...(lost.length === 0 ? {} : { loses: lost.map((column) => ({ table: mysqlText.name(table), column })) }),
    ...(notes.length === 0 ? {} : { note: notes.join('; ') }),
  };
}
