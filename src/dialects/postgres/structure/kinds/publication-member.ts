import { readRows } from '../../inspect/read-rows.ts';
import type { Kind } from '../kind.ts';
import { noteOf, textOf } from '../read-fact.ts';
import { step } from '../step.ts';

interface Row {
  readonly address: string;
  readonly of: string;
  readonly publication: string;
  readonly member: string;
  readonly details: string;
}

/** The tables and schemas of publications. */
export const publicationMembers: Kind = {
  kind: 'publication member',
  async read(connection) {
    const rows = await readRows<Row>(connection, query, []);
    return rows.map(({ address, of, publication, member, details }) => ({
      kind: 'publication member',
      id: member,
      of,
      attributes: { details },
      requires: [],
      notes: { publication, member },
      addresses: [address],
    }));
  },
  rules: {
    create: (fact) => [
      step(
        `alter publication ${noteOf(fact, 'publication')} add ${noteOf(fact, 'member')}${textOf(fact.attributes['details'])}`,
      ),
    ],
    drop: (fact) => [step(`alter publication ${noteOf(fact, 'publication')} drop ${noteOf(fact, 'member')}`)],
    alter: () => ({ how: 'replace' }),
    rank: 31,
  },
};

const query = `
select 'pg_publication_rel/' || r.oid || '/0' as "address", 'pg_publication/' || p.oid || '/0' as "of",
  quote_ident(p.pubname) as "publication", format('table %I.%I', n.nspname, c.relname) as "member",
  coalesce(' (' || (select string_agg(quote_ident(a.attname), ', ' order by a.attname)
      from pg_attribute a where a.attrelid = c.oid and a.attnum = any (r.prattrs)) || ')', '')
    || coalesce(' where (' || pg_get_expr(r.prqual, r.prrelid) || ')', '') as "details"
from pg_publication_rel r join pg_publication p on p.oid = r.prpubid
join pg_class c on c.oid = r.prrelid join pg_namespace n on n.oid = c.relnamespace
union all
select 'pg_publication_namespace/' || r.oid || '/0', 'pg_publication/' || p.oid || '/0', quote_ident(p.pubname),
  format('tables in schema %I', n.nspname), ''
from pg_publication_namespace r join pg_publication p on p.oid = r.pnpubid join pg_namespace n on n.oid = r.pnnspid`;
