import { readRows } from '../../inspect/read-rows.ts';
import { isLeaving } from '../is-leaving.ts';
import type { Kind, ReadFact } from '../kind.ts';
import { addressOf, idOf, isOwnSchema } from '../names.ts';
import { constraintRules } from '../table/constraint-rules.ts';

interface ConstraintRow {
  readonly schema: string;
  readonly table: string;
  readonly name: string;
  readonly addresses: readonly string[];
  readonly type: string;
  readonly definition: string;
  readonly index: string | null;
  readonly local: boolean;
  readonly target: readonly [string, string] | null;
  readonly options: readonly string[];
  readonly tablespace: string | null;
  readonly clustered: boolean;
  readonly replica_identity: boolean;
}

/** Foreign keys that a partition has from its parent come and go with it; they are no facts. */
const constraintQuery = `
  select n.nspname as schema, c.relname as table, k.conname as name,
    array[${addressOf('pg_constraint', 'k.oid')}]
      || case when k.contype in ('p', 'u', 'x') then array[${addressOf('pg_class', 'k.conindid')}] else '{}' end as addresses,
    k.contype as type, pg_get_constraintdef(k.oid) as definition,
    case when k.contype in ('p', 'u') then pg_get_indexdef(k.conindid) end as index,
    k.conislocal or k.coninhcount = 0 or ${isLeaving('c.oid')} as local,
    (select json_build_array(rn.nspname, r.relname) from pg_class r join pg_namespace rn on rn.oid = r.relnamespace
      where r.oid = k.confrelid) as target,
    coalesce(i.reloptions, '{}') as options, s.spcname as tablespace,
    coalesce(x.indisclustered, false) as clustered, coalesce(x.indisreplident, false) as replica_identity
  from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
  left join pg_class i on i.oid = k.conindid and k.contype in ('p', 'u', 'x')
  left join pg_index x on x.indexrelid = i.oid
  left join pg_tablespace s on s.oid = i.reltablespace
  where c.relkind in ('r', 'p', 'f') and k.contype in ('p', 'u', 'x', 'f', 'c')
    and not (k.contype = 'f' and k.conparentid <> 0 and not ${isLeaving('c.oid')}) and ${isOwnSchema('n.nspname')}`;

function factOf(row: ConstraintRow): ReadFact {
  const { schema, table, name, options, tablespace, clustered, replica_identity: replicaIdentity } = row;
  return {
    kind: 'constraint',
    id: idOf('constraint', schema, table, name),
    parent: idOf('table', schema, table),
    attributes: {
      type: row.type,
      definition: row.definition,
      options: options.toSorted(),
      tablespace,
      clustered,
      replicaIdentity,
    },
    requires: [],
    notes: {
      schema,
      table,
      name,
      local: row.local,
      indexed: 'pux'.includes(row.type),
      plainIndex: options.length === 0 && tablespace === null && !clustered && !replicaIdentity,
      index: row.index,
      options,
      target: row.target === null ? null : idOf('table', ...row.target),
    },
    addresses: row.addresses,
  };
}

/** Primary keys, unique and exclusion constraints, foreign keys and checks of tables. */
export const constraintKind: Kind = {
  kind: 'constraint',
  read: async (connection) => (await readRows<ConstraintRow>(connection, constraintQuery, [])).map(factOf),
  rules: constraintRules,
};
