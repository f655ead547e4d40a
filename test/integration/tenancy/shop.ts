import {
  foreignKey,
  integer,
  relations,
  softDelete,
  table,
  tenant,
  text,
  timestamps,
  unique,
  uuid,
  uuidv7,
} from '../../../src/index.ts';

const customerTable = table(
  'customer',
  {
    id: uuid().primaryKey().default(uuidv7()),
    ...tenant(),
    email: text({ max: 80 }).unique(),
    name: text({ max: 40 }),
    ...timestamps(),
    ...softDelete(),
  },
  (t) => [unique([t.tenantId, t.id], { includeDeleted: true })],
);

const invoiceTable = table(
  'invoice',
  {
    id: uuid().primaryKey().default(uuidv7()),
    ...tenant(),
    number: integer().unique(),
    customerId: uuid(),
    amount: integer(),
  },
  (t) => [foreignKey([t.tenantId, t.customerId], () => [customerTable.tenantId, customerTable.id])],
);

/** Two tables of tenants, one that all share. */
export const shop = relations(
  {
    customers: customerTable,
    invoices: invoiceTable,
    countries: table('country', { code: text({ max: 2 }).primaryKey(), name: text({ max: 40 }) }),
  },
  (r) => ({
    customers: { invoices: r.many.invoices() },
    invoices: { customer: r.one.customers() },
  }),
);

export const { customers, invoices, countries } = shop;

/** Two tenants. */
export const ada = '00000000-0000-7000-8000-00000000000a';
export const bob = '00000000-0000-7000-8000-00000000000b';
