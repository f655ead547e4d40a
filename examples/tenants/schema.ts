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
} from 'rowhouse';

/** Who rents the application. The table itself belongs to no tenant: signing in reads all of it. */
export const companies = table('company', {
  id: uuid().primaryKey().default(uuidv7()),
  name: text({ max: 80 }).unique(),
});

export const customers = table(
  'customer',
  {
    id: uuid().primaryKey().default(uuidv7()),
    tenantId: uuid()
      .references(() => companies.id)
      .tenant(),
    email: text({ max: 120 }).unique({ ignoreCase: true }),
    name: text({ max: 80 }),
    ...timestamps(),
    ...softDelete(),
  },
  (t) => [unique([t.tenantId, t.id], { includeDeleted: true })],
);

export const invoices = table(
  'invoice',
  {
    id: uuid().primaryKey().default(uuidv7()),
    ...tenant(),
    number: integer().unique(),
    customerId: uuid(),
    cents: integer(),
  },
  (t) => [foreignKey([t.tenantId, t.customerId], () => [customers.tenantId, customers.id])],
);

/** How they relate: reads bring related rows along, of the same tenant only. */
export const shop = relations({ companies, customers, invoices }, (r) => ({
  customers: { invoices: r.many.invoices() },
  invoices: { customer: r.one.customers() },
}));
