import type { Connection } from '../../../driver/connection.ts';
import { readColumns, type ColumnRow } from './columns.ts';
import { readConstraints, type ConstraintRow } from './constraints.ts';
import { readEnums, type EnumRow } from './enums.ts';
import { readIndexes, type IndexRow } from './indexes.ts';
import { readRelations, type Relation } from './relations.ts';
import type { Scope } from './scope.ts';
import { readSequences, type SequenceRow } from './sequences.ts';

/** What the server's catalog says of relations and their parts, before it is told apart into model and raw. */
export interface Structure {
  readonly scope: Scope;
  readonly relations: ReadonlyMap<string, Relation>;
  readonly columns: ReadonlyMap<string, readonly ColumnRow[]>;
  readonly constraints: ReadonlyMap<string, readonly ConstraintRow[]>;
  readonly indexes: ReadonlyMap<string, readonly IndexRow[]>;
  readonly enums: readonly EnumRow[];
  readonly sequences: readonly SequenceRow[];
}

export async function readStructure(connection: Connection, scope: Scope): Promise<Structure> {
  const relations = new Map((await readRelations(connection, scope)).map((relation) => [relation.id, relation]));
  const isKept = ({ relation }: { readonly relation: string }): boolean => relations.has(relation);
  const columns = await readColumns(connection, scope);
  const constraints = await readConstraints(connection, scope);
  const indexes = await readIndexes(connection, scope);
  const sequences = await readSequences(connection, scope);
  return {
    scope,
    relations,
    columns: byRelation(columns.filter(isKept)),
    constraints: byRelation(constraints.filter(isKept)),
    indexes: byRelation(indexes.filter(isKept)),
    enums: await readEnums(connection, scope),
    // what belongs to a table that is left out is left out with it
    sequences: sequences.filter(({ owner }) => owner === null || relations.has(owner)),
  };
}

function byRelation<T extends { readonly relation: string }>(rows: readonly T[]): ReadonlyMap<string, readonly T[]> {
  return Map.groupBy(rows, ({ relation }) => relation);
}
