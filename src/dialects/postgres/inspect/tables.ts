import type { Table } from '../../../catalog/model/table.ts';
import { columnOf } from './columns.ts';
import { checkOf, foreignKeyOf, primaryKeyOf, uniqueOf, type ConstraintRow } from './constraints.ts';
import { indexOf } from './indexes.ts';
import type { Relation } from './relations.ts';
import { objectName } from './scope.ts';
import type { Structure } from './structure.ts';

/** Is it a table that the model can say in full? Partitions, heirs and tables of a type are more than that. */
export function isPlainTable({ kind, parents, ofType }: Relation): boolean {
  return kind === 'r' && parents === null && ofType === null;
}

/** The part of a relation that the model has words for; `keeps` says which constraints are among it. */
export function tableOf(
  relation: Relation,
  structure: Structure,
  keeps: (constraint: ConstraintRow) => boolean,
): Table {
  const { scope } = structure;
  const constraints = (structure.constraints.get(relation.id) ?? []).filter(keeps);
  const of = (type: ConstraintRow['type']): readonly ConstraintRow[] => constraints.filter((row) => row.type === type);
  const [primaryKey] = of('p');
  const options = optionsOf(relation);
  return {
    ...objectName(scope, relation.namespace, relation.name),
    columns: (structure.columns.get(relation.id) ?? []).map((row) => columnOf(row, scope)),
    ...(primaryKey === undefined ? {} : { primaryKey: primaryKeyOf(primaryKey) }),
    uniques: of('u').map(uniqueOf),
    foreignKeys: of('f').map((row) => foreignKeyOf(row, scope)),
    checks: of('c').map(checkOf),
    indexes: (structure.indexes.get(relation.id) ?? []).filter(({ plain }) => plain).map(indexOf),
    ...(relation.comment === null ? {} : { comment: relation.comment }),
    ...(options === undefined ? {} : { options }),
  };
}

function optionsOf({ unlogged, options }: Relation): Table['options'] | undefined {
  if (!unlogged && options === null) return undefined;
  return { ...(unlogged ? { unlogged: true } : {}), ...options };
}
