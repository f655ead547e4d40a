import type { Revision } from 'rowhouse/migration';

export default {
  id: 'f6bcb72a5b1b',
  parents: [],
  message: 'initial schema',
  up: [
    {
      kind: 'create-table',
      table: {
        name: 'company',
        columns: [
          { name: 'id', type: { kind: 'uuid' }, nullable: false },
          { name: 'name', type: { kind: 'varchar', length: 80 }, nullable: false },
        ],
        primaryKey: { name: 'company_pkey', columns: ['id'] },
        uniques: [{ name: 'company_name_key', columns: ['name'] }],
        foreignKeys: [],
        checks: [],
        indexes: [],
      },
    },
    {
      kind: 'create-table',
      table: {
        name: 'customer',
        columns: [
          { name: 'id', type: { kind: 'uuid' }, nullable: false },
          { name: 'tenant_id', type: { kind: 'uuid' }, nullable: false },
          { name: 'email', type: { kind: 'varchar', length: 120 }, nullable: false },
          { name: 'name', type: { kind: 'varchar', length: 80 }, nullable: false },
          { name: 'deleted_at', type: { kind: 'timestamptz', precision: 3 }, nullable: true },
          {
            name: 'created_at',
            type: { kind: 'timestamptz', precision: 3 },
            nullable: false,
            default: { kind: 'now' },
          },
          {
            name: 'updated_at',
            type: { kind: 'timestamptz', precision: 3 },
            nullable: false,
            default: { kind: 'now' },
          },
        ],
        primaryKey: { name: 'customer_pkey', columns: ['id'] },
        uniques: [{ name: 'customer_tenant_id_id_key', columns: ['tenant_id', 'id'] }],
        foreignKeys: [],
        checks: [],
        indexes: [
          {
            name: 'customer_email_key',
            keys: [
              { column: 'tenant_id' },
              {
                expression: {
                  parts: [
                    { kind: 'text', text: 'lower(' },
                    { kind: 'name', name: 'email' },
                    { kind: 'text', text: ')' },
                  ],
                },
              },
            ],
            unique: true,
            where: {
              parts: [
                { kind: 'name', name: 'deleted_at' },
                { kind: 'text', text: ' is null' },
              ],
            },
          },
        ],
      },
    },
    {
      kind: 'create-table',
      table: {
        name: 'invoice',
        columns: [
          { name: 'id', type: { kind: 'uuid' }, nullable: false },
          { name: 'tenant_id', type: { kind: 'uuid' }, nullable: false },
          { name: 'number', type: { kind: 'integer' }, nullable: false },
          { name: 'customer_id', type: { kind: 'uuid' }, nullable: false },
          { name: 'cents', type: { kind: 'integer' }, nullable: false },
        ],
        primaryKey: { name: 'invoice_pkey', columns: ['id'] },
        uniques: [{ name: 'invoice_number_key', columns: ['tenant_id', 'number'] }],
        foreignKeys: [],
        checks: [],
        indexes: [],
      },
    },
    {
      kind: 'add-foreign-key',
      table: { name: 'customer' },
      foreignKey: {
        name: 'customer_tenant_id_fkey',
        columns: ['tenant_id'],
        references: { name: 'company', columns: ['id'] },
        onDelete: 'no-action',
        onUpdate: 'no-action',
      },
    },
    {
      kind: 'add-foreign-key',
      table: { name: 'invoice' },
      foreignKey: {
        name: 'invoice_tenant_id_customer_id_fkey',
        columns: ['tenant_id', 'customer_id'],
        references: { name: 'customer', columns: ['tenant_id', 'id'] },
        onDelete: 'no-action',
        onUpdate: 'no-action',
      },
    },
    {
      kind: 'create-raw',
      object: {
        type: 'policy',
        name: 'customer_tenant',
        table: 'customer',
        create: {
          postgresql:
            "create policy \"customer_tenant\" on \"customer\" using (\"tenant_id\" = (select nullif(current_setting('rowhouse.tenant', true), '')::uuid) or (select current_setting('rowhouse.unscoped', true)) = 'on')",
          any: '',
        },
        drop: { postgresql: 'drop policy "customer_tenant" on "customer"', any: '' },
        stage: 'after-tables',
      },
    },
    {
      kind: 'create-raw',
      object: {
        type: 'row security',
        name: 'customer_row_security',
        table: 'customer',
        create: { postgresql: 'alter table "customer" enable row level security, force row level security', any: '' },
        drop: {
          postgresql: 'alter table "customer" disable row level security, no force row level security',
          any: '',
        },
        requires: [{ name: 'customer_tenant' }],
        stage: 'after-tables',
      },
    },
    {
      kind: 'create-raw',
      object: {
        type: 'policy',
        name: 'invoice_tenant',
        table: 'invoice',
        create: {
          postgresql:
            "create policy \"invoice_tenant\" on \"invoice\" using (\"tenant_id\" = (select nullif(current_setting('rowhouse.tenant', true), '')::uuid) or (select current_setting('rowhouse.unscoped', true)) = 'on')",
          any: '',
        },
        drop: { postgresql: 'drop policy "invoice_tenant" on "invoice"', any: '' },
        stage: 'after-tables',
      },
    },
    {
      kind: 'create-raw',
      object: {
        type: 'row security',
        name: 'invoice_row_security',
        table: 'invoice',
        create: { postgresql: 'alter table "invoice" enable row level security, force row level security', any: '' },
        drop: {
          postgresql: 'alter table "invoice" disable row level security, no force row level security',
          any: '',
        },
        requires: [{ name: 'invoice_tenant' }],
        stage: 'after-tables',
      },
    },
  ],
} satisfies Revision;
