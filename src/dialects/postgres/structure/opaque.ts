import type { OpaqueObject } from '../../../dialect/structure/fact.ts';
import type { Connection } from '../../../driver/connection.ts';
import { readRows } from '../inspect/read-rows.ts';
import { mayReadSubscriptions } from './kinds/subscription.ts';

/** Objects that no fact describes: subscriptions, to whoever may not read all that is said of them. */
export async function readOpaque(connection: Connection): Promise<readonly OpaqueObject[]> {
  if (await mayReadSubscriptions(connection)) return [];
  const found = await readRows<{ name: string; digest: string }>(connection, query, []);
  return found.map(({ name, digest }) => ({
    id: `subscription ${name}`,
    reason: 'only a superuser can read how it connects',
    digest,
  }));
}

const query = `
select quote_ident(s.subname) as "name", md5(row(s.subenabled, s.subslotname, s.subpublications)::text) as "digest"
from pg_subscription s where s.subdbid = (select d.oid from pg_database d where d.datname = current_database())
order by s.subname collate "C"`;
