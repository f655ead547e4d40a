import { readRows } from '../../inspect/read-rows.ts';
import { foreignOptionChanges, foreignOptions } from '../foreign-options.ts';
import type { Kind } from '../kind.ts';
import { idOf, quoted } from '../names.ts';
import { texts } from '../options.ts';
import { noteOf } from '../read-fact.ts';
import { step } from '../step.ts';

interface Row {
  readonly address: string;
  readonly server: string;
  readonly role: string;
  readonly words: string;
  readonly options: readonly string[];
  readonly digest: string;
}

/** Who signs in to a foreign server as whom. The options may hold secrets: only a digest of them is compared and shown. */
export const userMappings: Kind = {
  kind: 'user mapping',
  async read(connection) {
    const rows = await readRows<Row>(connection, query, []);
    return rows.map(({ address, server, role, words, options, digest }) => ({
      kind: 'user mapping',
      id: idOf('user mapping', server, role),
      attributes: { digest },
      requires: [idOf('server', server)],
      notes: { on: `${words} server ${quoted(server)}`, options },
      addresses: [address],
    }));
  },
  rules: {
    create: (fact) => [
      step(`create user mapping for ${noteOf(fact, 'on')}${foreignOptions(texts(fact.notes?.['options']))}`),
    ],
    drop: (fact) => [step(`drop user mapping for ${noteOf(fact, 'on')}`)],
    alter(from, to) {
      const actions = foreignOptionChanges(texts(from.notes?.['options']), texts(to.notes?.['options']));
      const steps = actions.map((action) => step(`alter user mapping for ${noteOf(to, 'on')} ${action}`));
      return { how: 'in-place', steps };
    },
  },
};

/** A server shows the options to those who may use them; to others a mapping has none. */
const query = `
select 'pg_user_mapping/' || u.umid || '/0' as "address", u.srvname as "server", u.usename as "role",
  case u.umuser when 0 then 'public' else quote_ident(u.usename) end as "words",
  coalesce(u.umoptions, '{}') as "options",
  md5(u.umoptions::text) as "digest"
from pg_user_mappings u`;
