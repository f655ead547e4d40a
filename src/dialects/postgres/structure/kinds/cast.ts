import { readRows } from '../../inspect/read-rows.ts';
import { notOfExtension } from '../../inspect/scope.ts';
import type { Kind } from '../kind.ts';
import { noteOf, textOf } from '../read-fact.ts';
import { step } from '../step.ts';

interface Row {
  readonly address: string;
  readonly types: string;
  readonly method: string;
}

/** Casts that people made. */
export const casts: Kind = {
  kind: 'cast',
  async read(connection) {
    const rows = await readRows<Row>(connection, query, []);
    return rows.map(({ address, types, method }) => ({
      kind: 'cast',
      id: `cast ${types}`,
      attributes: { method },
      requires: [],
      notes: { types },
      addresses: [address],
    }));
  },
  rules: {
    create: (fact) => [step(`create cast ${noteOf(fact, 'types')} ${textOf(fact.attributes['method'])}`)],
    drop: (fact) => [step(`drop cast ${noteOf(fact, 'types')}`)],
    alter: () => ({ how: 'replace' }),
    rank: 6,
  },
};

const query = `
select 'pg_cast/' || c.oid || '/0' as "address",
  format('(%s as %s)', format_type(c.castsource, null), format_type(c.casttarget, null)) as "types",
  concat_ws(' ', case c.castmethod when 'f' then 'with function ' || c.castfunc::regprocedure
      when 'i' then 'with inout' else 'without function' end,
    case c.castcontext when 'a' then 'as assignment' when 'i' then 'as implicit' end) as "method"
from pg_cast c where c.oid >= 16384 and ${notOfExtension('pg_cast', 'c.oid')}
  and not exists (select from pg_depend d join pg_depend made on made.classid = d.refclassid and made.objid = d.refobjid
    where d.classid = 'pg_cast'::regclass and d.objid = c.oid and d.refclassid = 'pg_proc'::regclass and made.deptype = 'i')`;
