import { findTable, type Catalog } from '../../../catalog/model/catalog.ts';
import { displayName, sameName } from '../../../catalog/model/object-name.ts';
import type { Table } from '../../../catalog/model/table.ts';
import { RowhouseError } from '../../../errors/rowhouse-error.ts';
import { orderTables } from '../../../schema/source/table-order.ts';
import type { CopyNote, Skipped } from '../copy-report.ts';
import { translateTable } from '../translate/translate-table.ts';
import type { Between, Side } from '../translate/translation.ts';
import type { CopyPlan, TableCopy } from './copy-plan.ts';
import { leftBehind } from './left-behind.ts';
import { pairTable } from './pair-table.ts';
import { portableNotes, readPortably } from './read-portably.ts';

export interface PlanOptions {
  /** Tables of the source; all when nothing is said. */
  readonly wanted: readonly string[] | undefined;
  /** Tables that an unfinished copy has made on the target. */
  readonly ours: ReadonlySet<string>;
}

/** Decides for each table of the source whether and how it is copied. */
export function planCopy(source: Side, target: Side, { wanted, ours }: PlanOptions): CopyPlan {
  refuseUnknown(source.catalog, wanted);
  const between = betweenSides(readPortably(source, target), target, ours);
  const chosen = between.source.catalog.tables.filter((table) => wanted?.includes(displayName(table)) ?? true);
  const tables: TableCopy[] = [];
  const skipped: Skipped[] = [...(wanted === undefined ? leftBehind(source.catalog, between.sameEngine) : [])];
  const notes: CopyNote[] = [];
  for (const table of orderTables(chosen)) {
    const translated = translateTable(table, between);
    const name = displayName(table);
    if (translated.kind === 'impossible') skipped.push({ name, reason: translated.reason });
    else {
      const copy = pairTable(table, translated.table, between, ours.has(name));
      tables.push(copy);
      if (!copy.exists || ours.has(name))
        notes.push(...[...portableNotes(source, table), ...translated.notes].map((note) => ({ name, note })));
    }
  }
  return { ...withoutDangling({ tables, notes }, target.catalog, ours), skipped, target: between.target.catalog };
}

function betweenSides(source: Side, target: Side, ours: ReadonlySet<string>): Between {
  const { namespaces, namedEnums } = target.dialect.traits;
  const sameEngine = source.dialect.name === target.dialect.name;
  const enums = source.catalog.enums.map(({ namespace, ...type }) =>
    namespace === undefined || !namespaces ? type : { ...type, namespace },
  );
  const added = enums.filter((type) => !target.catalog.enums.some((other) => sameName(other, type)));
  const catalog = { ...target.catalog, enums: namedEnums ? [...target.catalog.enums, ...added] : enums };
  return { source, target: { ...target, catalog }, sameEngine, taken: memberNames(target.catalog, ours) };
}

function memberNames({ tables }: Catalog, ours: ReadonlySet<string>): Set<string> {
  const others = tables.filter((table) => !ours.has(displayName(table)));
  const members = others.flatMap((table) => [
    table,
    ...table.uniques,
    ...table.checks,
    ...table.indexes,
    ...table.foreignKeys,
  ]);
  return new Set(members.map(({ name }) => name.toLowerCase()));
}

/** Foreign keys to tables that are not on the target cannot be made. */
function withoutDangling(
  { tables, notes }: Pick<CopyPlan, 'tables' | 'notes'>,
  target: Catalog,
  ours: ReadonlySet<string>,
): Pick<CopyPlan, 'tables' | 'notes'> {
  const known = (table: Table['foreignKeys'][number]): boolean =>
    tables.some((copy) => sameName(copy.table, table.references)) || findTable(target, table.references) !== undefined;
  const lost = tables
    .filter(({ exists, name }) => !exists || ours.has(name))
    .flatMap(({ name, table }) =>
      table.foreignKeys
        .filter((key) => !known(key))
        .map((key) => ({
          name,
          note: `foreign key ${key.name} is left out: ${displayName(key.references)} is not there`,
        })),
    );
  const kept = tables.map((copy) => ({
    ...copy,
    table: { ...copy.table, foreignKeys: copy.table.foreignKeys.filter(known) },
  }));
  return { tables: kept, notes: [...notes, ...lost] };
}

function refuseUnknown({ tables }: Catalog, wanted: readonly string[] = []): void {
  const unknown = wanted.filter((name) => !tables.some((table) => displayName(table) === name));
  if (unknown.length === 0) return;
  throw new RowhouseError('COPY_REFUSED', `the source has no table ${unknown.join(', ')}`, {
    details: { tables: unknown },
    hint: 'names are written as the source spells them',
  });
}
