import { expect, test } from 'vitest';
import { route } from '../../../src/http/router/custom-route.ts';
import { sql } from '../../../src/sql/sql.ts';
import type { Session } from '../../../src/database/session.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { serveSchema } from './serve-schema.ts';

async function limitOf(session: Session): Promise<unknown> {
  const [row] = await session.query<{ statement_timeout: string }>(sql`show statement_timeout`);
  return row?.statement_timeout;
}

describeServers(['postgresql'], 'the time of a statement', (server) => {
  test('is 30 s in a request, what its transaction says in a job, and unbounded again afterwards', async () => {
    const limit = route('POST', '/limit', async ({ session }) => ({ limit: await limitOf(session) }));
    await using library = await serveSchema(server, {}, [limit]);

    const inRequest = await library.send('POST', '/limit', {});
    const inJob = await library.database.transaction(limitOf, { timeoutMs: 300_000 });
    const afterwards = await library.database.pinned(limitOf);

    expect([inRequest.body, inJob, afterwards]).toEqual([{ limit: '30s' }, '5min', '0']);
  });
});
