import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { Alteration, PlanContext } from '../../../../dialect/structure/rules.ts';
import { notOfExtension } from '../../inspect/scope.ts';
import { readRows } from '../../inspect/read-rows.ts';
import type { Kind } from '../kind.ts';
import { idOf, isOwnSchema, quoted, relationName } from '../names.ts';
import { attributesOf, noteOf, textOf } from '../read-fact.ts';
import { isSwapped } from '../domain-swap.ts';
import { step } from '../step.ts';
import { swapType, typeUsers, type TypeUser } from '../swap-type.ts';

interface Row extends Attributes, Names {
  readonly address: string;
}

interface Attributes {
  readonly base: string;
  readonly collation: string | null;
  readonly default: string | null;
  readonly notNull: boolean;
  /** The name of the not-null constraint, where it is not the one the server gives. */
  readonly notNullName: string | null;
}

interface Names {
  readonly schema: string;
  readonly name: string;
  readonly users: readonly TypeUser[];
}

/** Domains. Their checks are facts of their own. */
export const domains: Kind = {
  kind: 'domain',
  async read(connection) {
    const rows = await readRows<Row>(connection, query, []);
    return rows.map(({ address, schema, name, users, ...attributes }) => ({
      kind: 'domain',
      id: idOf('domain', schema, name),
      attributes,
      requires: [],
      notes: { schema, name, users: users as never },
      addresses: [address],
    }));
  },
  rules: {
    create: (fact) => [create(fact)],
    drop: (fact) => [step(`drop domain ${nameOf(fact)}`)],
    alter,
    occupies: (fact) => relationName(namesOf(fact).schema, namesOf(fact).name),
  },
};

function create(fact: Fact, domain = nameOf(fact)): DefinitionStatement {
  const { base, collation, default: value, notNull, notNullName } = attributesOf<Attributes>(fact);
  return step(
    [
      `create domain ${domain} as ${base}`,
      ...(collation === null ? [] : [`collate ${collation}`]),
      ...(value === null ? [] : [`default ${value}`]),
      ...(notNullName === null ? [] : [`constraint ${quoted(notNullName)}`]),
      ...(notNull ? ['not null'] : []),
    ].join(' '),
  );
}

/** The new type has its checks at once: one that lists are made of could not get them later. */
function createWithChecks(to: Fact, name: string, context: PlanContext): readonly DefinitionStatement[] {
  const checks = context
    .partsOf(to, context.to)
    .filter((part) => part.kind === 'domain constraint' && part.attributes['validated'] === true)
    .map((fact) => ` constraint ${noteOf(fact, 'name')} ${textOf(fact.attributes['check'])}`);
  return [step(create(to, name).sql + checks.join(''))];
}

function alter(from: Fact, to: Fact, context: PlanContext): Alteration {
  const [before, after] = [attributesOf<Attributes>(from), attributesOf<Attributes>(to)];
  if (isSwapped(from, to)) {
    const { users } = namesOf(from);
    const note = `it stops when a value is none of ${after.base}`;
    return swapType(
      to,
      { ...namesOf(to), users, create: (name: string) => createWithChecks(to, name, context), note },
      context,
    );
  }
  const change = (sql: string): DefinitionStatement => step(`alter domain ${nameOf(to)} ${sql}`);
  const nullability = before.notNull !== after.notNull || before.notNullName !== after.notNullName;
  return {
    how: 'in-place',
    steps: [
      ...(before.default === after.default
        ? []
        : [change(after.default === null ? 'drop default' : `set default ${after.default}`)]),
      ...(nullability && before.notNull ? [change('drop not null')] : []),
      ...(nullability && after.notNull
        ? [{ ...change(addNotNull(after)), note: 'the tables that use it are read while nobody else can use them' }]
        : []),
    ],
  };
}

function addNotNull({ notNullName }: Attributes): string {
  return notNullName === null ? 'set not null' : `add constraint ${quoted(notNullName)} not null`;
}

function namesOf({ notes }: Fact): Names {
  return notes as unknown as Names;
}

function nameOf(fact: Fact): string {
  return quoted(namesOf(fact).schema, namesOf(fact).name);
}

const query = `
select 'pg_type/' || t.oid || '/0' as "address", n.nspname as "schema", t.typname as "name",
  format_type(t.typbasetype, t.typtypmod) as "base",
  case when t.typcollation <> b.typcollation then format('%I.%I', cn.nspname, co.collname) end as "collation",
  coalesce(pg_get_expr(t.typdefaultbin, 0), quote_literal(t.typdefault)) as "default", t.typnotnull as "notNull",
  (select k.conname from pg_constraint k
    where k.contypid = t.oid and k.contype = 'n' and k.conname <> t.typname || '_not_null') as "notNullName",
  ${typeUsers('t.oid')} as "users"
from pg_type t join pg_namespace n on n.oid = t.typnamespace join pg_type b on b.oid = t.typbasetype
left join pg_collation co on co.oid = t.typcollation left join pg_namespace cn on cn.oid = co.collnamespace
where t.typtype = 'd' and ${isOwnSchema('n.nspname')} and ${notOfExtension('pg_type', 't.oid')}`;
