import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { Alteration, PlanContext } from '../../../../dialect/structure/rules.ts';
import { notOfExtension } from '../../inspect/scope.ts';
import { readRows } from '../../inspect/read-rows.ts';
import type { Kind } from '../kind.ts';
import { idOf, isOwnSchema, quoted, relationName } from '../names.ts';
import { attributesOf, noteOf } from '../read-fact.ts';
import { step } from '../step.ts';
import { typeUsers, type TypeUser } from '../swap-type.ts';

interface Row {
  readonly addresses: readonly string[];
  readonly schema: string;
  readonly name: string;
  readonly parts: readonly Part[];
  readonly users: readonly TypeUser[];
}

interface Part {
  readonly name: string;
  readonly type: string;
  readonly collation: string | null;
}

/** Composite types. */
export const compositeTypes: Kind = {
  kind: 'composite type',
  async read(connection) {
    const rows = await readRows<Row>(connection, query, []);
    return rows.map(({ addresses, schema, name, parts, users }) => ({
      kind: 'composite type',
      id: idOf('composite type', schema, name),
      attributes: { parts: parts as never },
      requires: [],
      notes: { name: quoted(schema, name), relation: relationName(schema, name), isStored: users.length > 0 },
      addresses,
    }));
  },
  rules: {
    create: (fact) => [step(`create type ${noteOf(fact, 'name')} as (${partsOf(fact).map(printPart).join(', ')})`)],
    drop: (fact) => [step(`drop type ${noteOf(fact, 'name')}`)],
    alter,
    occupies: (fact) => noteOf(fact, 'relation'),
    refuseReplacement: ({ notes }) => (notes?.['isStored'] === true ? 'columns hold values of it' : undefined),
  },
};

/** Attributes are added at the end and removed anywhere; their order means something, so no other change of it is made. */
function alter(from: Fact, to: Fact, context: PlanContext): Alteration {
  const [before, after] = [partsOf(from), partsOf(to)];
  const find = (parts: readonly Part[], name: string): Part | undefined => parts.find((part) => part.name === name);
  const kept = before.filter(({ name }) => find(after, name) !== undefined);
  const added = after.slice(kept.length);
  const isInOrder = kept.every(({ name }, index) => after[index]?.name === name);
  if (!isInOrder) return { how: 'replace' };
  const retyped = kept.flatMap((part) => {
    const now = find(after, part.name);
    return now === undefined || (now.type === part.type && now.collation === part.collation) ? [] : [now];
  });
  if (retyped.length > 0 && from.notes?.['isStored'] === true) return { how: 'replace' };
  const tables = tablesOf(to, context);
  const change = (sql: string): DefinitionStatement => step(`alter type ${noteOf(to, 'name')} ${sql} cascade`);
  return {
    how: 'in-place',
    steps: [
      ...before
        .filter(({ name }) => find(after, name) === undefined)
        .map(({ name }) => change(`drop attribute ${quoted(name)}`)),
      ...retyped.map((part) => change(`alter attribute ${quoted(part.name)} type ${typeOf(part)}`)),
      ...added.map((part) => change(`add attribute ${printPart(part)}`)),
    ],
    ...(tables.length === 0 ? {} : { touches: tables }),
    rebuild: ({ kind }) => retyped.length > 0 && ['view', 'materialized view', 'function', 'procedure'].includes(kind),
  };
}

/** The ids of the tables that are of the type, and of their columns: they change with it. */
function tablesOf({ id }: Fact, { from, to, partsOf }: PlanContext): readonly string[] {
  return [from, to].flatMap((structure) =>
    [...structure.facts.values()]
      .filter(
        ({ kind, attributes, requires }) => kind === 'table' && attributes['ofType'] !== null && requires.includes(id),
      )
      .flatMap((table) => [table, ...partsOf(table, structure).filter(({ kind }) => kind === 'column')])
      .map((fact) => fact.id),
  );
}

function printPart(part: Part): string {
  return `${quoted(part.name)} ${typeOf(part)}`;
}

function typeOf({ type, collation }: Part): string {
  return collation === null ? type : `${type} collate ${collation}`;
}

function partsOf(fact: Fact): readonly Part[] {
  return attributesOf<{ parts: readonly Part[] }>(fact).parts;
}

const query = `
select array['pg_type/' || t.oid || '/0', 'pg_class/' || c.oid || '/0'] as "addresses",
  n.nspname as "schema", t.typname as "name",
  coalesce((select jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
      'collation', case when a.attcollation <> p.typcollation then format('%I.%I', cn.nspname, co.collname) end) order by a.attnum)
    from pg_attribute a join pg_type p on p.oid = a.atttypid
    left join pg_collation co on co.oid = a.attcollation left join pg_namespace cn on cn.oid = co.collnamespace
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped), '[]') as "parts",
  ${typeUsers('t.oid')} as "users"
from pg_type t join pg_class c on c.oid = t.typrelid and c.relkind = 'c' join pg_namespace n on n.oid = t.typnamespace
where t.typtype = 'c' and ${isOwnSchema('n.nspname')} and ${notOfExtension('pg_type', 't.oid')}`;
