import { readRows } from '../../inspect/read-rows.ts';
import type { Kind } from '../kind.ts';
import { quoted } from '../names.ts';
import { noteOf, textOf } from '../read-fact.ts';
import { step } from '../step.ts';
import { objectWords } from '../object-words.ts';

interface Row {
  readonly of: string;
  readonly on: string;
  readonly role: string;
}

/** Who owns an object, unless it is the role that reads: what a plan makes belongs to the role that runs it. */
export const owners: Kind = {
  kind: 'owner',
  async read(connection) {
    const rows = await readRows<Row>(connection, query, []);
    return rows.map(({ of, on, role }) => ({
      kind: 'owner',
      id: '',
      of,
      attributes: { role },
      requires: [],
      notes: { on },
      addresses: [],
    }));
  },
  rules: {
    create: (fact) => [step(`alter ${noteOf(fact, 'on')} owner to ${quoted(textOf(fact.attributes['role']))}`)],
    drop: (fact) => [step(`alter ${noteOf(fact, 'on')} owner to current_user`)],
    alter: (_from, to) => ({
      how: 'in-place',
      steps: [step(`alter ${noteOf(to, 'on')} owner to ${quoted(textOf(to.attributes['role']))}`)],
    }),
    rank: 50,
    // what is granted depends on who the owner is by then
    dropRank: -960,
  },
};

const own = (catalog: string, owner: string, where = 'true'): string =>
  `select '${catalog}'::regclass, o.oid, o.${owner} from ${catalog} o where ${where}`;

/** A sequence that belongs to a column has the owner of the table. */
const query = `
select o.catalog::text || '/' || o.id || '/0' as "of", ${objectWords('i')} as "on", pg_get_userbyid(o.role) as "role"
from (
  ${[
    own('pg_namespace', 'nspowner'),
    own(
      'pg_class',
      'relowner',
      `o.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and not exists (select from pg_depend part
        where part.classid = 'pg_class'::regclass and part.objid = o.oid and o.relkind = 'S' and part.deptype in ('a', 'i')
          and part.refclassid = 'pg_class'::regclass)`,
    ),
    own('pg_proc', 'proowner'),
    own(
      'pg_type',
      'typowner',
      `o.typtype in ('e', 'd', 'r') or not o.typisdefined
        or o.typtype = 'b' and o.typsubscript <> 'array_subscript_handler'::regproc
        or o.typtype = 'c' and exists (select from pg_class c where c.oid = o.typrelid and c.relkind = 'c')`,
    ),
    own('pg_operator', 'oprowner'),
    own('pg_opfamily', 'opfowner'),
    own('pg_opclass', 'opcowner'),
    own('pg_conversion', 'conowner'),
    own('pg_language', 'lanowner'),
    own('pg_collation', 'collowner'),
    own('pg_ts_config', 'cfgowner'),
    own('pg_ts_dict', 'dictowner'),
    own('pg_statistic_ext', 'stxowner'),
    own('pg_foreign_data_wrapper', 'fdwowner'),
    own('pg_foreign_server', 'srvowner'),
    own('pg_publication', 'pubowner'),
    own('pg_event_trigger', 'evtowner'),
    own(
      'pg_subscription',
      'subowner',
      `o.subdbid = (select d.oid from pg_database d where d.datname = current_database())`,
    ),
  ].join('\n  union all ')}) o (catalog, id, role)
cross join lateral pg_identify_object(o.catalog, o.id, 0) i
where (o.id >= 16384 or i.type = 'schema' and i.name = 'public') and o.role <> current_user::regrole
  and not exists (select from pg_depend member where member.classid = o.catalog and member.objid = o.id and member.deptype in ('e', 'i'))`;
