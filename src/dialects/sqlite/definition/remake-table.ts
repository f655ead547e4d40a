import { RowhouseError } from '../../../errors/rowhouse-error.ts';
import { findTable, type Catalog } from '../../../catalog/model/catalog.ts';
import type { ObjectName } from '../../../catalog/model/object-name.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import type { ValueOverrides } from '../rebuild/copy-list.ts';
import { dependentsOf, viewsAndTriggers } from '../rebuild/dependents.ts';
import { foldName } from '../rebuild/fold-name.ts';
import { rebuildTable } from '../rebuild/rebuild-table.ts';
import { tableShape } from '../rebuild/table-shape.ts';
import { temporaryName } from '../rebuild/temporary-name.ts';
import { createTable } from './table.ts';

/** Two catalogs, before and after a change. */
export interface Step {
  readonly before: Catalog;
  readonly after: Catalog;
}

/**
 * Makes a table anew where its definition changes, with its rows and indexes and with the views and triggers that read
 * it. Nothing where SQLite would not see the change.
 */
export function remakeTable(name: ObjectName, step: Step, values?: ValueOverrides): readonly DefinitionStatement[] {
  const { before, after } = step;
  const [old] = createTable(tableOf(name, before), before);
  const [fresh, ...indexes] = createTable(tableOf(name, after), after);
  if (old === undefined || fresh === undefined || (old === fresh && values === undefined)) return [];
  const rebuild = rebuildTable({
    from: tableShape(old),
    to: tableShape(fresh),
    temporary: temporaryName(name.name, relationNames(before)),
    ...(values === undefined ? {} : { values }),
  });
  return withoutReaders(name.name, step, [...rebuild, ...indexes.map(rebuilding)]);
}

/** The statements with every view and trigger that reads the table or view out of the way, and back as `after` has it. */
export function withoutReaders(
  name: string,
  { before, after }: Step,
  statements: readonly DefinitionStatement[],
): readonly DefinitionStatement[] {
  const readers = dependentsOf(before, name);
  const ids = new Set(readers.map(({ id }) => id));
  return [
    ...readers.toReversed().map(({ drop }) => rebuilding(drop)),
    ...statements,
    ...viewsAndTriggers(after)
      .filter(({ id }) => ids.has(id))
      .map(({ create }) => rebuilding(create)),
  ];
}

/** A statement of the same transaction as a rebuild, in the same mode. */
export function rebuilding(sql: string): DefinitionStatement {
  return { sql, transactional: true, rebuilds: true };
}

function tableOf(name: ObjectName, catalog: Catalog): NonNullable<ReturnType<typeof findTable>> {
  const table = findTable(catalog, name);
  if (table !== undefined) return table;
  throw new RowhouseError('CHANGE_INVALID', `there is no table ${name.name}`, {
    details: { kind: 'table', name: name.name },
  });
}

function relationNames({ tables, views, raw }: Catalog): ReadonlySet<string> {
  const indexes = tables.flatMap((table) => table.indexes);
  return new Set([...tables, ...views, ...raw, ...indexes].map(({ name }) => foldName(name)));
}
