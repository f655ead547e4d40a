import {
  date,
  integer,
  primaryKey,
  softDelete,
  table,
  tenant,
  text,
  timestamp,
  timestamptz,
} from '../../../src/index.ts';

/** Numbered rows with a moment, deleted softly. */
export const orders = table('purchase', {
  id: integer().primaryKey(),
  customer: text({ max: 40 }).immutable(),
  note: text({ max: 40 }).null(),
  placedAt: timestamptz(),
  ...softDelete(),
});

/** A composite key, and a date. */
export const visits = table(
  'visit',
  { customer: text({ max: 40 }), day: date(), page: text({ max: 40 }), seenAt: timestamp() },
  (t) => [primaryKey(t.customer, t.day, t.page)],
);

/** What refers to orders, and is deleted for good. */
export const parcels = table('parcel', {
  id: integer().primaryKey(),
  orderId: integer().references(() => orders.id),
  sentAt: timestamptz(),
});

/** Rows of tenants. */
export const files = table('file', {
  id: integer().primaryKey(),
  owner: text({ max: 40 }),
  savedAt: timestamptz({ precision: 6 }),
  ...tenant(integer()),
});

export const archive = { orders, parcels, visits, files };
