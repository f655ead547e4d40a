import { refused } from '../../../../dialect/structure/compare.ts';
import { readRows } from '../../inspect/read-rows.ts';
import { foreignOptionChanges, foreignOptions } from '../foreign-options.ts';
import type { Kind } from '../kind.ts';
import { idOf, quoted } from '../names.ts';
import { attributesOf, noteOf } from '../read-fact.ts';
import { step } from '../step.ts';

interface Attributes {
  readonly options: readonly string[];
  /** A few digits of the digest of the options that hold secrets: enough to see that they differ. */
  readonly secrets: string | null;
}

interface Row extends Attributes {
  readonly address: string;
  readonly server: string;
  readonly role: string;
  readonly words: string;
}

/** Who signs in to a foreign server as whom. Passwords are compared and never shown, so no plan can set one. */
export const userMappings: Kind = {
  kind: 'user mapping',
  async read(connection) {
    const rows = await readRows<Row>(connection, query, []);
    return rows.map(({ address, server, role, words, options, secrets }) => ({
      kind: 'user mapping',
      id: idOf('user mapping', server, role),
      attributes: { options, secrets },
      requires: [idOf('server', server)],
      notes: { on: `${words} server ${quoted(server)}` },
      addresses: [address],
    }));
  },
  rules: {
    create(fact) {
      const { options, secrets } = attributesOf<Attributes>(fact);
      if (secrets !== null) throw refused(fact.id, 'its password is not written into a plan: make it by hand');
      return [step(`create user mapping for ${noteOf(fact, 'on')}${foreignOptions(options)}`)];
    },
    drop: (fact) => [step(`drop user mapping for ${noteOf(fact, 'on')}`)],
    alter(from, to) {
      const [before, after] = [attributesOf<Attributes>(from), attributesOf<Attributes>(to)];
      if (before.secrets !== after.secrets) {
        return { how: 'refuse', reason: 'its password differs and is not written into a plan: set it by hand' };
      }
      const actions = foreignOptionChanges(before.options, after.options);
      return {
        how: 'in-place',
        steps: actions.map((action) => step(`alter user mapping for ${noteOf(to, 'on')} ${action}`)),
      };
    },
  },
};

const isSecret = `split_part(option, '=', 1) ~* '(pass|secret|token|credential)'`;

/** A server shows the options to those who may use them; to others a mapping has none. */
const query = `
select 'pg_user_mapping/' || u.umid || '/0' as "address", u.srvname as "server", u.usename as "role",
  case u.umuser when 0 then 'public' else quote_ident(u.usename) end as "words",
  array(select option from unnest(u.umoptions) with ordinality o(option, place) where not ${isSecret} order by place) as "options",
  (select left(md5(string_agg(option, ',' order by place)), 8)
    from unnest(u.umoptions) with ordinality o(option, place) where ${isSecret}) as "secrets"
from pg_user_mappings u`;
