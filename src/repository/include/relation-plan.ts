import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { RelationLink } from '../../schema/relations/relation-link.ts';
import type { AnyTable } from '../../schema/table/table.ts';
import type { Field, TablePlan } from '../table-plan.ts';

/** A relation as queries need it. */
export interface RelationPlan {
  readonly name: string;
  /** Its place among the relations of its table, for the keys of plans. */
  readonly position: number;
  readonly many: boolean;
  /** At most one row there has the key. */
  readonly unique: boolean;
  readonly target: TablePlan;
  readonly from: readonly Field[];
  readonly to: readonly Field[];
  /** The join table: `near` equals `from`, `far` equals `to`. */
  readonly through:
    | { readonly plan: TablePlan; readonly near: readonly Field[]; readonly far: readonly Field[] }
    | undefined;
}

/** Plans of a table's relations. The plan of a related table is made when it is first needed: tables relate in circles. */
export function planRelations(
  links: readonly RelationLink[],
  fieldOf: ReadonlyMap<string, Field>,
  planOf: (table: AnyTable) => TablePlan,
): ReadonlyMap<string, RelationPlan> {
  return new Map(links.map((link, position) => [link.name, planRelation(link, position, fieldOf, planOf)]));
}

function planRelation(
  link: RelationLink,
  position: number,
  fieldOf: ReadonlyMap<string, Field>,
  planOf: (table: AnyTable) => TablePlan,
): RelationPlan {
  const { name, many, unique, through } = link;
  return {
    name,
    position,
    many,
    unique,
    from: fieldsOf(link.from, fieldOf),
    get target(): TablePlan {
      return planOf(link.target);
    },
    get to(): readonly Field[] {
      return fieldsOf(link.to, planOf(link.target).fieldOf);
    },
    get through(): RelationPlan['through'] {
      if (through === undefined) return undefined;
      const plan = planOf(through.table);
      return { plan, near: fieldsOf(through.near, plan.fieldOf), far: fieldsOf(through.far, plan.fieldOf) };
    },
  };
}

function fieldsOf(keys: readonly string[], fieldOf: ReadonlyMap<string, Field>): readonly Field[] {
  return keys.map((key) => {
    const field = fieldOf.get(key);
    if (field === undefined) throw new RowhouseError('INTERNAL', `a relation goes over ${key}, which is not there`);
    return field;
  });
}
