import type { DefinitionStatement } from '../../../dialect/definition.ts';
import type { Fact } from '../../../dialect/structure/fact.ts';
import type { Alteration, PlanContext } from '../../../dialect/structure/rules.ts';
import { idOf, quoted } from './names.ts';
import { step } from './step.ts';
import { temporaryName } from '../online/temporary-name.ts';
import { shadowOf, typeChangeOf, type OnlineTypeChange } from './table/online-type-change.ts';

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
  /** The statements that make the type, under this name. */
  readonly create: (name: string) => readonly DefinitionStatement[];
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
export function swapType(type: Fact, swap: TypeSwap, context: PlanContext): Alteration {
  const { to } = context;
  const users = swap.users.filter((user) => to.facts.get(columnOf(user))?.requires.includes(type.id) === true);
  const stuck = users.find(({ isGenerated, isPartitionKey }) => isGenerated || isPartitionKey);
  if (stuck !== undefined) {
    const reason = `${quoted(stuck.schema, stuck.table, stuck.column)} is generated or part of a partition key, so its type cannot change`;
    return { how: 'refuse', reason };
  }
  const online = swapOnline(type, { ...swap, users }, context);
  if (online !== undefined) return online;
  const old = `${swap.name.slice(0, 40)}_before`;
  const name = quoted(swap.schema, swap.name);
  return {
    how: 'in-place',
    steps: [
      step(`alter type ${name} rename to ${quoted(old)}`, { segment: 'start' }),
      ...swap.create(name),
      ...users.map((user) => moveColumn(user, swap.note)),
      step(`drop type ${quoted(swap.schema, old)}`),
    ],
    touches: users.map(columnOf),
    rebuild: (dependent) => isInTheWay(dependent, type.id),
  };
}

/**
 * The new type is made under another name, and each column gets a new one of it beside itself; at the end the types
 * change their names. Undefined where a column cannot be changed that way.
 */
function swapOnline(type: Fact, swap: TypeSwap, context: PlanContext): Alteration | undefined {
  const meanwhile = temporaryName(swap.name, 'new', type.id, JSON.stringify(type.attributes));
  const [name, next] = [quoted(swap.schema, swap.name), quoted(swap.schema, meanwhile)];
  const changes = swap.users.map((user) => changeOf(user, type, next, context));
  const known = changes.filter((change) => change !== undefined);
  if (known.length === 0 || known.length < changes.length) return undefined;
  const parts = known.map((change) => shadowOf(change, swap.note));
  const tables = new Set(swap.users.map(({ schema, table }) => idOf('table', schema, table)));
  const old = quoted(swap.schema, temporaryName(swap.name, 'old', type.id));
  const create = swap
    .create(next)
    .map((made, position) => (position === 0 ? { ...made, segment: 'start' as const } : made));
  const rename = [
    step(`alter type ${name} rename to ${old.slice(old.indexOf('.') + 1)}`, { segment: 'start' }),
    step(`alter type ${next} rename to ${quoted(swap.name)}`),
    step(`drop type ${old}`),
  ];
  const rest = {
    how: 'in-place',
    touches: [...swap.users.map(columnOf), ...known.flatMap(({ carried }) => carried.map(({ id }) => id))],
    rebuild: (dependent: Fact): boolean =>
      isInTheWay(dependent, type.id) || ['comment', 'grant', 'statistics'].includes(dependent.kind),
  } as const;
  // columns of one table may have indexes in common, which go with the first of them
  if (tables.size < swap.users.length) {
    return {
      ...rest,
      steps: [...create, ...parts.flatMap(({ prepare, finish }) => [...prepare, ...finish]), ...rename],
    };
  }
  return {
    ...rest,
    prepare: [...create, ...parts.flatMap(({ prepare }) => prepare)],
    steps: [...parts.flatMap(({ finish }) => finish), ...rename],
  };
}

function changeOf(user: TypeUser, type: Fact, next: string, context: PlanContext): OnlineTypeChange | undefined {
  const column = context.from.facts.get(columnOf(user));
  if (column === undefined) return undefined;
  const isList = user.type.endsWith('[]');
  const to = { ...column, attributes: { ...column.attributes, type: isList ? `${next}[]` : next } };
  const found = typeChangeOf(column, to, context, (fact) => isInTheWay(fact, type.id));
  if (found === undefined) return undefined;
  const name = quoted(user.column);
  const using = isList ? `${name}::text[]::${next}[]` : `${name}::text::${next}`;
  return { ...found, change: { ...found.change, using, default: undefined } };
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
