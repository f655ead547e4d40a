import type { Fact } from '../../../../dialect/structure/fact.ts';
import { readRows } from '../../inspect/read-rows.ts';
import { notOfExtension } from '../../inspect/scope.ts';
import type { Kind } from '../kind.ts';
import { idOf, isOwnSchema, quoted } from '../names.ts';
import { noteOf } from '../read-fact.ts';
import { step } from '../step.ts';

interface Row {
  readonly address: string;
  readonly schema: string;
  readonly name: string;
  readonly types: string;
  readonly arguments: string;
  readonly options: readonly string[];
}

/** Aggregate functions. */
export const aggregates: Kind = {
  kind: 'aggregate',
  async read(connection) {
    const rows = await readRows<Row>(connection, query, []);
    return rows.map(({ address, schema, name, types, arguments: taken, options }) => ({
      kind: 'aggregate',
      id: `${idOf('aggregate', schema, name)}(${types})`,
      attributes: { arguments: taken, options },
      requires: [],
      notes: { name: `${quoted(schema, name)}(${taken})`, routine: `${quoted(schema, name)}(${types})` },
      addresses: [address],
    }));
  },
  rules: {
    create: (fact) => [step(`create aggregate ${noteOf(fact, 'name')} (${optionsOf(fact)})`)],
    drop: (fact) => [step(`drop aggregate ${noteOf(fact, 'name')}`)],
    alter: () => ({ how: 'replace' }),
    occupies: (fact) => `routine ${noteOf(fact, 'routine')}`,
    rank: 6,
  },
};

function optionsOf({ attributes }: Fact): string {
  const { options } = attributes;
  return Array.isArray(options) ? options.join(', ') : '';
}

const support = (name: string, column: string): string =>
  `case when ${column} <> 0 then '${name} = ' || ${column}::regproc end`;

/** How freely a final function may change its state; the usual answer depends on the kind of aggregate. */
const modify = (name: string, column: string, when: string): string =>
  `case when ${when} and ${column} <> case a.aggkind when 'n' then 'r' else 'w' end then '${name} = ' ||
    case ${column} when 'r' then 'read_only' when 's' then 'shareable' else 'read_write' end end`;

const query = `
select 'pg_proc/' || p.oid || '/0' as "address", n.nspname as "schema", p.proname as "name",
  oidvectortypes(p.proargtypes) as "types", coalesce(nullif(pg_get_function_arguments(p.oid), ''), '*') as "arguments",
  array_remove(array['sfunc = ' || a.aggtransfn::regproc, 'stype = ' || format_type(a.aggtranstype, null),
    case when a.aggtransspace <> 0 then 'sspace = ' || a.aggtransspace end,
    ${support('finalfunc', 'a.aggfinalfn')}, case when a.aggfinalextra then 'finalfunc_extra' end,
    ${modify('finalfunc_modify', 'a.aggfinalmodify', 'a.aggfinalfn <> 0')},
    ${support('combinefunc', 'a.aggcombinefn')}, ${support('serialfunc', 'a.aggserialfn')},
    ${support('deserialfunc', 'a.aggdeserialfn')}, 'initcond = ' || quote_literal(a.agginitval),
    ${support('msfunc', 'a.aggmtransfn')}, ${support('minvfunc', 'a.aggminvtransfn')},
    case when a.aggmtranstype <> 0 then 'mstype = ' || format_type(a.aggmtranstype, null) end,
    case when a.aggmtransspace <> 0 then 'msspace = ' || a.aggmtransspace end,
    ${support('mfinalfunc', 'a.aggmfinalfn')}, case when a.aggmfinalextra then 'mfinalfunc_extra' end,
    ${modify('mfinalfunc_modify', 'a.aggmfinalmodify', 'a.aggmfinalfn <> 0')},
    'minitcond = ' || quote_literal(a.aggminitval),
    case when a.aggsortop <> 0 then format('sortop = operator(%I.%s)', sn.nspname, so.oprname) end,
    case p.proparallel when 's' then 'parallel = safe' when 'r' then 'parallel = restricted' end,
    case when a.aggkind = 'h' then 'hypothetical' end], null) as "options"
from pg_aggregate a join pg_proc p on p.oid = a.aggfnoid join pg_namespace n on n.oid = p.pronamespace
left join pg_operator so on so.oid = a.aggsortop left join pg_namespace sn on sn.oid = so.oprnamespace
where ${isOwnSchema('n.nspname')} and ${notOfExtension('pg_proc', 'p.oid')}`;
