import { account, defineProject, service } from 'rowhouse';
import * as schema from './schema.ts';
import { tenancy } from './tenancy.ts';

const { companies, customers, invoices } = schema;

export default defineProject({
  name: 'tenants',
  services: {
    shop: service({
      schema,
      tenancy,
      migrations: './migrations',
      seeds: './seeds',
      accounts: [account('shop-app').readWrite(customers, invoices).readOnly(companies)],
    }),
  },
});
