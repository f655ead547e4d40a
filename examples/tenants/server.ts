import { connect, fromEnvironment } from 'rowhouse';
import { createApi, resource, serve } from 'rowhouse/http';
import * as schema from './schema.ts';
import { tenancy } from './tenancy.ts';
import { tenantOfToken } from './tenant-of-token.ts';

const database = await connect(schema, fromEnvironment(process.env), { tenancy });

const api = createApi(
  database,
  [
    resource(schema.shop.customers, { prefix: '/customers', search: ['name', 'email'] }),
    resource(schema.shop.invoices, { prefix: '/invoices' }),
  ],
  { scope: (request) => database.forTenant(tenantOfToken(request.headers.get('authorization'))) },
);

const server = await serve(api, { port: Number(process.env['PORT'] ?? 3000) });
console.log(`listening at ${server.url}`);

const stop = async (): Promise<void> => {
  await server.close();
  await database.close();
};
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void stop());
