import type { DefinitionStatement } from '../../../dialect/definition.ts';
import type { Fact } from '../../../dialect/structure/fact.ts';
import type { Alteration, PlanContext } from '../../../dialect/structure/rules.ts';
import { idOf, quoted } from './names.ts';
import { step } from './step.ts';

/** A column whose values are of a type, or lists of them. */
export interface TypeUser {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  /** The type with its modifier and brackets. */
  readonly type: string;
  readonly isGenerated: boolean;
  readonly isPartitionKey: boolean;
}

export interface TypeSwap {
  readonly schema: string;
  readonly name: string;
  readonly users: readonly TypeUser[];
  readonly create: readonly DefinitionStatement[];
  readonly note: string;
}

/** SQL that gives the `TypeUser`s of the type `typeId` as JSON. A column that a parent table hands down is left out. */
export function typeUsers(typeId: string): string {
  return `coalesce((select jsonb_agg(jsonb_build_object('schema', un.nspname, 'table', uc.relname, 'column', ua.attname,
      'type', format_type(ua.atttypid, ua.atttypmod), 'isGenerated', ua.attgenerated <> '',
      'isPartitionKey', exists (select from pg_partitioned_table up where up.partrelid = uc.oid and ua.attnum = any (up.partattrs)))
      order by un.nspname, uc.relname, ua.attname)
    from pg_attribute ua join pg_class uc on uc.oid = ua.attrelid join pg_namespace un on un.oid = uc.relnamespace
    join pg_type ut on ut.oid = ${typeId}
    where ua.atttypid in (ut.oid, ut.typarray) and uc.relkind in ('r', 'p') and ua.attinhcount = 0
      and not ua.attisdropped), '[]')`;
}

/**
 * A type that cannot be changed in place gives its name to a new one; the columns follow through the text of their
 * values, so that a value which the new type does not know stops the plan and loses nothing.
 */
export function swapType(type: Fact, swap: TypeSwap, { to }: PlanContext): Alteration {
  const users = swap.users.filter((user) => to.facts.get(columnOf(user))?.requires.includes(type.id) === true);
  const stuck = users.find(({ isGenerated, isPartitionKey }) => isGenerated || isPartitionKey);
  if (stuck !== undefined) {
    const reason = `${quoted(stuck.schema, stuck.table, stuck.column)} is generated or part of a partition key, so its type cannot change`;
    return { how: 'refuse', reason };
  }
  const old = `${swap.name.slice(0, 40)}_before`;
  const name = quoted(swap.schema, swap.name);
  return {
    how: 'in-place',
    steps: [
      step(`alter type ${name} rename to ${quoted(old)}`, { segment: 'start' }),
      ...swap.create,
      ...users.map((user) => moveColumn(user, swap.note)),
      step(`drop type ${quoted(swap.schema, old)}`),
    ],
    touches: users.map(columnOf),
    rebuild: (dependent) => isInTheWay(dependent, type.id),
  };
}

function columnOf({ schema, table, column }: TypeUser): string {
  return idOf('column', schema, table, column);
}

function moveColumn({ schema, table, column, type }: TypeUser, note: string): DefinitionStatement {
  const through = type.endsWith('[]') ? 'text[]' : 'text';
  return step(
    `alter table ${quoted(schema, table)} alter column ${quoted(column)} type ${type} using ${quoted(column)}::${through}::${type}`,
    { note: `every row of ${quoted(schema, table)} is rewritten while nobody can use it; ${note}` },
  );
}

/** What the server does not carry over to the new type of a column by itself. */
function isInTheWay(dependent: Fact, type: string): boolean {
  const needsType = dependent.parent === type || dependent.requires.includes(type);
  switch (dependent.kind) {
    case 'table':
    case 'column':
    case 'sequence':
    case 'domain constraint':
      return false;
    case 'comment':
    case 'grant':
    case 'owner':
    case 'index':
    case 'statistics':
      return needsType;
    case 'constraint':
      return needsType || !isUnique(dependent);
    default:
      return true;
  }
}

function isUnique({ attributes }: Fact): boolean {
  return /primary key|unique/i.test(JSON.stringify(attributes));
}
