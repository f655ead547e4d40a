/** Columns of every table: what a service's table has, on average. */
export const columnsPerTable = 15;

/** The columns that history adds later than the rest. */
export const lateColumns = ['note', 'day', 'ratio'];

/** The name of the table with this number. */
export function tableName(number) {
  return `thing_${String(number).padStart(4, '0')}`;
}

/** A table refers to one made long before it, so that keys go all over the database. */
export function targetOf(number) {
  return number >> 1;
}

/** What is wanted beyond what history makes: a table more, and a column more in the first. */
export function wantedTables(tables) {
  return { tables: tables + 1, extraColumn: true };
}

/** The schema file of Rowhouse. */
export function rowhouseSchema({ tables, extraColumn = false }) {
  const words =
    'bigint, boolean, check, date, decimal, double, index, integer, json, sql, table, text, timestamps, uuid, uuidv7';
  return `import { ${words} } from 'rowhouse';\n\n${each(tables, (number) => rowhouseTable(number, extraColumn))}`;
}

/** The same tables for drizzle-kit. */
export function drizzleSchema({ tables, extraColumn = false }) {
  const types =
    'bigint, boolean, check, date, doublePrecision, index, integer, jsonb, numeric, pgTable, text, timestamp, unique, uuid, varchar';
  const imports = `import { sql } from 'drizzle-orm';\nimport { ${types} } from 'drizzle-orm/pg-core';\n`;
  return `${imports}\n${each(tables, (number) => drizzleTable(number, extraColumn))}`;
}

/** The same tables for Prisma. */
export function prismaSchema({ tables, extraColumn = false }) {
  return `datasource db {\n  provider = "postgresql"\n}\n\n${each(tables, (number) => prismaModel(number, extraColumn, tables))}`;
}

function each(tables, text) {
  return Array.from({ length: tables }, (_, number) => text(number)).join('\n');
}

function rowhouseTable(number, extraColumn) {
  const parent = number === 0 ? '' : `.references(() => thing${targetOf(number)}.id, { onDelete: 'set null' })`;
  return `export const thing${number} = table(
  '${tableName(number)}',
  {
    id: uuid().primaryKey().default(uuidv7()),
    parentId: uuid().null()${parent}.index(),
    name: text({ max: 120 }),
    email: text({ max: 254 }).unique(),
    status: text({ max: 20 }).default('new'),
    amount: decimal({ precision: 12, scale: 2 }).default('0.00'),
    quantity: integer().default(0),
    serial: bigint().null(),
    active: boolean().default(true),
    data: json().null(),
    ...timestamps(),
    note: text().null(),
    day: date().null(),
    ratio: double().null(),${extraColumn && number === 0 ? '\n    extra: integer().null(),' : ''}
  },
  (t) => [index(t.status, t.createdAt.desc()), check('${tableName(number)}_quantity', sql\`\${t.quantity} >= 0\`)],
);
`;
}

function drizzleTable(number, extraColumn) {
  const name = tableName(number);
  const parent = number === 0 ? '' : `.references(() => thing${targetOf(number)}.id, { onDelete: 'set null' })`;
  return `export const thing${number} = pgTable(
  '${name}',
  {
    id: uuid('id').primaryKey(),
    parentId: uuid('parent_id')${parent},
    name: varchar('name', { length: 120 }).notNull(),
    email: varchar('email', { length: 254 }).notNull(),
    status: varchar('status', { length: 20 }).notNull().default('new'),
    amount: numeric('amount', { precision: 12, scale: 2 }).notNull().default('0.00'),
    quantity: integer('quantity').notNull().default(0),
    serial: bigint('serial', { mode: 'bigint' }),
    active: boolean('active').notNull().default(true),
    data: jsonb('data'),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
    updatedAt: timestamp('updated_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
    note: text('note'),
    day: date('day'),
    ratio: doublePrecision('ratio'),${extraColumn && number === 0 ? "\n    extra: integer('extra')," : ''}
  },
  (t) => [
    index('${name}_parent').on(t.parentId),
    index('${name}_status').on(t.status, t.createdAt.desc()),
    unique('${name}_email').on(t.email),
    check('${name}_quantity', sql\`\${t.quantity} >= 0\`),
  ],
);
`;
}

/** Prisma has no check constraints. A relation is said on both sides. */
function prismaModel(number, extraColumn, tables) {
  const children = [2 * number, 2 * number + 1].filter((child) => child > 0 && child < tables);
  const parent =
    number === 0
      ? ''
      : `  parent Thing${targetOf(number)}? @relation("parent${number}", fields: [parent_id], references: [id], onDelete: SetNull)\n`;
  return `model Thing${number} {
  id         String   @id @db.Uuid
  parent_id  String?  @db.Uuid
  name       String   @db.VarChar(120)
  email      String   @unique @db.VarChar(254)
  status     String   @default("new") @db.VarChar(20)
  amount     Decimal  @default(0.00) @db.Decimal(12, 2)
  quantity   Int      @default(0)
  serial     BigInt?
  active     Boolean  @default(true)
  data       Json?
  created_at DateTime @default(now()) @db.Timestamptz(3)
  updated_at DateTime @default(now()) @db.Timestamptz(3)
  note       String?
  day        DateTime? @db.Date
  ratio      Float?
${extraColumn && number === 0 ? '  extra      Int?\n' : ''}${parent}${children.map((child) => `  children${child} Thing${child}[] @relation("parent${child}")\n`).join('')}
  @@index([parent_id])
  @@index([status, created_at(sort: Desc)])
  @@map("${tableName(number)}")
}
`;
}
