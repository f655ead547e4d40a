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
  readonly left: string | null;
  readonly right: string;
  readonly options: readonly string[];
}

/** Operators. */
export const operators: Kind = {
  kind: 'operator',
  async read(connection) {
    const rows = await readRows<Row>(connection, query, []);
    return rows.map(({ address, schema, name, left, right, options }) => ({
      kind: 'operator',
      id: `${idOf('operator', schema)}.${name}(${left ?? 'none'}, ${right})`,
      attributes: { options },
      requires: [],
      notes: { name: `${quoted(schema)}.${name}`, operands: `(${left ?? 'none'}, ${right})` },
      addresses: [address],
    }));
  },
  rules: {
    create: (fact) => [step(`create operator ${noteOf(fact, 'name')} (${optionsOf(fact)})`)],
    drop: (fact) => [step(`drop operator ${noteOf(fact, 'name')} ${noteOf(fact, 'operands')}`)],
    alter: () => ({ how: 'replace' }),
    rank: 6,
  },
};

function optionsOf({ attributes }: Fact): string {
  const { options } = attributes;
  return Array.isArray(options) ? options.join(', ') : '';
}

const other = (
  name: string,
  column: string,
): string => `(select format('${name} = operator(%I.%s)', xn.nspname, x.oprname)
      from pg_operator x join pg_namespace xn on xn.oid = x.oprnamespace where x.oid = ${column})`;

/** An operator without a function is a promise made by another one and comes with it. */
const query = `
select 'pg_operator/' || o.oid || '/0' as "address", n.nspname as "schema", o.oprname as "name",
  case when o.oprleft <> 0 then format_type(o.oprleft, null) end as "left", format_type(o.oprright, null) as "right",
  array_remove(array['function = ' || o.oprcode::regproc,
    case when o.oprleft <> 0 then 'leftarg = ' || format_type(o.oprleft, null) end,
    'rightarg = ' || format_type(o.oprright, null),
    ${other('commutator', 'o.oprcom')}, ${other('negator', 'o.oprnegate')},
    case when o.oprrest <> 0 then 'restrict = ' || o.oprrest::regproc end,
    case when o.oprjoin <> 0 then 'join = ' || o.oprjoin::regproc end,
    case when o.oprcanhash then 'hashes' end, case when o.oprcanmerge then 'merges' end], null) as "options"
from pg_operator o join pg_namespace n on n.oid = o.oprnamespace
where o.oprcode <> 0 and ${isOwnSchema('n.nspname')} and ${notOfExtension('pg_operator', 'o.oid')}`;
