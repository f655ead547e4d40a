import type { Table } from '../../../catalog/model/table.ts';
import type { Safety } from '../../../dialect/structure/rules.ts';
import type { StepOptions } from '../online/step.ts';
import type { DefinitionServer } from './server.ts';

/** Are its rows in other tables, its partitions? */
export function isPartitioned({ options }: Table): boolean {
  return options?.['partitionBy'] !== undefined;
}

/**
 * The form in which an index or a key is printed. The server builds none of a partitioned table concurrently, and which
 * partitions there are no catalog says: a run finds out.
 */
export function indexSafety(table: Table, safe: Safety): Safety {
  return isPartitioned(table) ? 'plain' : safe;
}

/** What is said where the short form is taken for want of another. */
export function indexNote(table: Table, safe: Safety): Pick<StepOptions, 'note'> {
  if (safe === 'plain' || !isPartitioned(table)) return {};
  return { note: `reads all partitions of ${table.name} while nobody else can write to them` };
}

/** An index or a key that is new: a run makes it a partition at a time where there are many rows. */
export function madeInParts(table: Table, safe: Safety): Pick<StepOptions, 'note' | 'asks'> {
  if (safe === 'plain' || !isPartitioned(table)) return {};
  const note = `a run makes it a partition at a time; as it stands here it reads all partitions of ${table.name} while nobody else can write to them`;
  return { note, asks: true };
}

/** Before PostgreSQL 18 a foreign key of a partitioned table is proved as soon as it is there. */
export function takesUnprovedForeignKeys(table: Table, { facts }: DefinitionServer): boolean {
  return !isPartitioned(table) || Number.parseInt(facts.version, 10) >= 18;
}
