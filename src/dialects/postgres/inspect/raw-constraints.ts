import { postgresText, qualified } from '../text.ts';
import type { ConstraintRow } from './constraints.ts';
import type { IndexRow } from './indexes.ts';
import { objectKey, postgresSql, type RawPart } from './raw-part.ts';
import type { Relation } from './relations.ts';
import { objectName, type Scope } from './scope.ts';

/**
 * A constraint that says more than the model can, or that must wait for something raw. `keyed` is the constraint or
 * index that a foreign key points to.
 */
export function rawConstraint(row: ConstraintRow, relation: Relation, scope: Scope, keyed?: string): RawPart {
  const table = objectName(scope, relation.namespace, relation.name);
  const name = postgresText.name(row.name);
  return {
    key: objectKey('pg_constraint', row.id),
    object: {
      type: 'constraint',
      ...table,
      name: row.name,
      table: table.name,
      create: postgresSql(`alter table ${qualified(table)} add constraint ${name} ${row.definition}`),
      drop: postgresSql(`alter table ${qualified(table)} drop constraint ${name}`),
    },
    needs: [
      objectKey('pg_class', relation.id),
      ...(row.target === null ? [] : [objectKey('pg_class', row.target)]),
      ...(keyed === undefined ? [] : [keyed]),
    ],
    late: true,
  };
}

/** An index that says more than the model can, or that belongs to a materialized view. */
export function rawIndex(row: IndexRow, relation: Relation, scope: Scope): RawPart {
  const table = objectName(scope, relation.namespace, relation.name);
  return {
    key: objectKey('pg_class', row.id),
    object: {
      type: 'index',
      ...table,
      name: row.name,
      table: table.name,
      create: postgresSql(row.definition),
      drop: postgresSql(`drop index ${qualified({ ...table, name: row.name })}`),
    },
    needs: [objectKey('pg_class', relation.id)],
    late: true,
  };
}
