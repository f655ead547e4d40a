// Run as a process of its own: serves a route that waits for a line of its input, and ends on SIGTERM as a service would.
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { createApi } from '../../../src/http/create-api.ts';
import { route } from '../../../src/http/router/custom-route.ts';
import { serve } from '../../../src/http/serve.ts';
import { table } from '../../../src/schema/table/table.ts';
import { integer } from '../../../src/schema/column/types.ts';
import { openUrl } from '../database/open-url.ts';

const told = once(createInterface({ input: process.stdin }), 'line');
const counts = table('count', { id: integer().primaryKey() });
const [url = ''] = process.argv.slice(2);
const database = await openUrl(url);
const slow = route('POST', '/slow', async ({ repository }) => {
  console.log('begun');
  await told;
  return await repository(counts).insert({ id: 1 });
});
const server = await serve(createApi(database, [slow]), { port: 0 });
console.log(server.url);
await once(process, 'SIGTERM');
const closed = server.close();
console.log('closing');
await closed;
await database.close();
console.log('closed');
process.exit(0);
