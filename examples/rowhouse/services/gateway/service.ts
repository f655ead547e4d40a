import { account, service } from 'rowhouse';
import * as schema from './schema.ts';

/** Which request goes to which service. */
export const gateway = service({
  schema,
  migrations: '../services/gateway/migrations',
  seeds: '../services/gateway/seeds',
  accounts: [account('gateway-rw').readWrite(schema.routes)],
});
