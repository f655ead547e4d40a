import type { Fact } from '../../../../dialect/structure/fact.ts';
import { readRows } from '../../inspect/read-rows.ts';
import type { Kind } from '../kind.ts';
import { idOf, quoted } from '../names.ts';
import { changePrivileges, granteesIn, privilegesIn, type GrantWords, type Privileges } from '../privileges.ts';
import { attributesOf, noteOf } from '../read-fact.ts';

interface Row {
  readonly schema: string | null;
  readonly for: string;
  readonly on: string;
  readonly to: string;
  readonly privileges: Privileges;
  readonly usual: Privileges;
}

/** What a role gets on objects that another role will make. They change first: what is made after obeys the new ones. */
export const defaultPrivileges: Kind = {
  kind: 'default privilege',
  async read(connection) {
    const rows = await readRows<Row>(connection, query, []);
    return rows.map(({ schema, for: maker, on, to, privileges, usual }) => ({
      kind: 'default privilege',
      id: `default privilege for ${maker}${schema === null ? '' : ` in ${quoted(schema)}`} on ${on} to ${to}`,
      ...(schema === null ? {} : { parent: idOf('schema', schema) }),
      attributes: { privileges },
      requires: [],
      notes: {
        start: `alter default privileges for role ${maker}${schema === null ? '' : ` in schema ${quoted(schema)}`} `,
        on,
        to,
        usual,
      },
      addresses: [],
    }));
  },
  rules: {
    create: (fact) => changePrivileges(wordsOf(fact), usualOf(fact), privilegesOf(fact)),
    drop: (fact) => changePrivileges(wordsOf(fact), privilegesOf(fact), usualOf(fact)),
    alter: (from, to) => ({
      how: 'in-place',
      steps: changePrivileges(wordsOf(to), privilegesOf(from), privilegesOf(to)),
    }),
    rank: -1500,
  },
};

function wordsOf(fact: Fact): GrantWords {
  return { start: noteOf(fact, 'start'), on: noteOf(fact, 'on'), to: noteOf(fact, 'to') };
}

function privilegesOf(fact: Fact): Privileges {
  return attributesOf<{ privileges: Privileges }>(fact).privileges;
}

function usualOf({ notes }: Fact): Privileges {
  return (notes as unknown as { usual: Privileges }).usual;
}

/** The list for a schema adds to the list for all of them; only that one replaces what the server grants by itself. */
const query = `
with list as (
  select d.*, case when d.defaclnamespace = 0
    then acldefault(case d.defaclobjtype when 'S' then 's' else d.defaclobjtype end::"char", d.defaclrole)
    end as base
  from pg_default_acl d
), compared as (
  select l.*, g.grantee, ${privilegesIn('l.defaclacl', 'g.grantee')} as privileges, ${privilegesIn('l.base', 'g.grantee')} as usual
  from list l cross join lateral (${granteesIn('l.defaclacl', 'l.base')}) g
)
select n.nspname as "schema", quote_ident(pg_get_userbyid(c.defaclrole)) as "for",
  case c.defaclobjtype when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions' when 'T' then 'types'
    when 'n' then 'schemas' else 'large objects' end as "on",
  case c.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(c.grantee)) end as "to",
  c.privileges as "privileges", c.usual as "usual"
from compared c left join pg_namespace n on n.oid = c.defaclnamespace
where c.privileges <> c.usual`;
