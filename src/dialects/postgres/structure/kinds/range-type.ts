import type { Fact } from '../../../../dialect/structure/fact.ts';
import { notOfExtension } from '../../inspect/scope.ts';
import { readRows } from '../../inspect/read-rows.ts';
import type { Kind } from '../kind.ts';
import { idOf, isOwnSchema, quoted, relationName } from '../names.ts';
import { noteOf } from '../read-fact.ts';
import { step } from '../step.ts';

interface Row {
  readonly address: string;
  readonly schema: string;
  readonly name: string;
  readonly options: readonly string[];
}

/** Range types, each with its multirange type. */
export const rangeTypes: Kind = {
  kind: 'range type',
  async read(connection) {
    const rows = await readRows<Row>(connection, query, []);
    return rows.map(({ address, schema, name, options }) => ({
      kind: 'range type',
      id: idOf('range type', schema, name),
      attributes: { options },
      requires: [],
      notes: { name: quoted(schema, name), relation: relationName(schema, name) },
      addresses: [address],
    }));
  },
  rules: {
    create: (fact) => [step(`create type ${noteOf(fact, 'name')} as range (${optionsOf(fact)})`)],
    drop: (fact) => [step(`drop type ${noteOf(fact, 'name')}`)],
    alter: () => ({ how: 'replace' }),
    occupies: (fact) => noteOf(fact, 'relation'),
  },
};

function optionsOf({ attributes }: Fact): string {
  const { options } = attributes;
  return Array.isArray(options) ? options.join(', ') : '';
}

const query = `
select 'pg_type/' || t.oid || '/0' as "address", n.nspname as "schema", t.typname as "name",
  array_remove(array['subtype = ' || format_type(r.rngsubtype, null),
    case when not c.opcdefault then format('subtype_opclass = %I.%I', cn.nspname, c.opcname) end,
    case when r.rngcollation <> s.typcollation then format('collation = %I.%I', kn.nspname, k.collname) end,
    case when r.rngcanonical <> 0 then 'canonical = ' || r.rngcanonical::regproc end,
    case when r.rngsubdiff <> 0 then 'subtype_diff = ' || r.rngsubdiff::regproc end,
    'multirange_type_name = ' || format_type(r.rngmultitypid, null)], null) as "options"
from pg_range r join pg_type t on t.oid = r.rngtypid join pg_namespace n on n.oid = t.typnamespace
join pg_type s on s.oid = r.rngsubtype join pg_opclass c on c.oid = r.rngsubopc
join pg_namespace cn on cn.oid = c.opcnamespace
left join pg_collation k on k.oid = r.rngcollation left join pg_namespace kn on kn.oid = k.collnamespace
where ${isOwnSchema('n.nspname')} and ${notOfExtension('pg_type', 't.oid')}`;
