import { readRows } from '../../inspect/read-rows.ts';
import { notOfExtension } from '../../inspect/scope.ts';
import type { Kind } from '../kind.ts';
import { noteOf, textOf } from '../read-fact.ts';
import { step } from '../step.ts';

interface Row {
  readonly address: string;
  readonly of: string;
  readonly functions: string;
}

/** How a language takes and gives values of a type. */
export const transforms: Kind = {
  kind: 'transform',
  async read(connection) {
    const rows = await readRows<Row>(connection, query, []);
    return rows.map(({ address, of, functions }) => ({
      kind: 'transform',
      id: `transform ${of}`,
      attributes: { functions },
      requires: [],
      notes: { of },
      addresses: [address],
    }));
  },
  rules: {
    create: (fact) => [step(`create transform ${noteOf(fact, 'of')} (${textOf(fact.attributes['functions'])})`)],
    drop: (fact) => [step(`drop transform ${noteOf(fact, 'of')}`)],
    alter: () => ({ how: 'replace' }),
  },
};

const query = `
select 'pg_transform/' || t.oid || '/0' as "address",
  format('for %s language %I', format_type(t.trftype, null), l.lanname) as "of",
  concat_ws(', ', case when t.trffromsql <> 0 then 'from sql with function ' || t.trffromsql::oid::regprocedure end,
    case when t.trftosql <> 0 then 'to sql with function ' || t.trftosql::oid::regprocedure end) as "functions"
from pg_transform t join pg_language l on l.oid = t.trflang where ${notOfExtension('pg_transform', 't.oid')}`;
