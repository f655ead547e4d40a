import { refused } from '../../../../dialect/structure/compare.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import type { PlanContext } from '../../../../dialect/structure/rules.ts';
import { readRows } from '../../inspect/read-rows.ts';
import { notOfExtension } from '../../inspect/scope.ts';
import type { Kind } from '../kind.ts';
import { idOf, isOwnSchema, quoted, relationName } from '../names.ts';
import { noteOf } from '../read-fact.ts';
import { texts } from '../options.ts';
import { step } from '../step.ts';

interface Row {
  readonly address: string;
  readonly schema: string;
  readonly name: string;
  readonly defined: boolean;
  readonly options: readonly string[];
}

/** The names of types before anybody says what they are: the functions of a type speak of it before it is there. */
export const shellTypes: Kind = {
  kind: 'shell type',
  async read(connection) {
    const rows = await readRows<Row>(connection, query, []);
    return rows.map(({ address, schema, name, defined }) => ({
      kind: 'shell type',
      id: idOf('shell type', schema, name),
      attributes: {},
      requires: [],
      notes: { name: quoted(schema, name), relation: relationName(schema, name), defined },
      addresses: [defined ? `shell ${address}` : address],
    }));
  },
  rules: {
    create: (fact) => [step(`create type ${noteOf(fact, 'name')}`)],
    drop: (fact) => (fact.notes?.['defined'] === true ? [] : [step(`drop type ${noteOf(fact, 'name')}`)]),
    alter: () => ({ how: 'replace' }),
    occupies: (fact) => noteOf(fact, 'relation'),
  },
};

/** Types whose values functions take apart and put together. */
export const baseTypes: Kind = {
  kind: 'base type',
  async read(connection) {
    const rows = await readRows<Row>(connection, query, []);
    return rows
      .filter(({ defined }) => defined)
      .map(({ address, schema, name, options }) => ({
        kind: 'base type',
        id: idOf('base type', schema, name),
        attributes: { options },
        requires: [idOf('shell type', schema, name)],
        notes: { name: quoted(schema, name) },
        addresses: [address],
      }));
  },
  rules: {
    create: (fact) => [step(`create type ${noteOf(fact, 'name')} (${texts(fact.attributes['options']).join(', ')})`)],
    drop(fact, { to }) {
      const isLeft = fact.requires.some((id) => id.startsWith('shell type ') && to.facts.has(id));
      if (isLeft) throw refused(fact.id, 'no more than its name is wanted, and with it all that speaks of it would go');
      return [step(`drop type ${noteOf(fact, 'name')} cascade`)];
    },
    alter: () => ({ how: 'refuse', reason: 'it cannot be changed while values of it are kept' }),
    refuseReplacement: () => 'columns may hold values of it',
  },
};

/** True: the function goes with the type that it takes apart or puts together. */
export function goesWithItsType({ id }: Fact, { from, to }: PlanContext): boolean {
  return [...from.facts.values()].some(
    (type) => type.kind === 'base type' && type.requires.includes(id) && !to.facts.has(type.id),
  );
}

const support = (name: string, column: string): string =>
  `case when t.${column} <> 0 then '${name} = ' || t.${column}::oid::regproc end`;

const query = `
select 'pg_type/' || t.oid || '/0' as "address", n.nspname as "schema", t.typname as "name", t.typisdefined as "defined",
  array_remove(array[${support('input', 'typinput')}, ${support('output', 'typoutput')}, ${support('receive', 'typreceive')},
    ${support('send', 'typsend')}, ${support('typmod_in', 'typmodin')}, ${support('typmod_out', 'typmodout')},
    ${support('analyze', 'typanalyze')}, ${support('subscript', 'typsubscript')},
    'internallength = ' || case t.typlen when -1 then 'variable' else t.typlen::text end,
    case when t.typbyval then 'passedbyvalue' end,
    'alignment = ' || case t.typalign when 'c' then 'char' when 's' then 'int2' when 'i' then 'int4' else 'double' end,
    'storage = ' || case t.typstorage when 'p' then 'plain' when 'e' then 'external' when 'm' then 'main' else 'extended' end,
    'category = ' || quote_literal(t.typcategory::text), case when t.typispreferred then 'preferred = true' end,
    'default = ' || quote_literal(t.typdefault), 'delimiter = ' || quote_literal(t.typdelim::text),
    case when t.typelem <> 0 then 'element = ' || format_type(t.typelem, null) end,
    case when t.typcollation <> 0 then 'collatable = true' end], null) as "options"
from pg_type t join pg_namespace n on n.oid = t.typnamespace
where (t.typtype = 'b' and t.typsubscript <> 'array_subscript_handler'::regproc or not t.typisdefined)
  and ${isOwnSchema('n.nspname')} and ${notOfExtension('pg_type', 't.oid')}`;
