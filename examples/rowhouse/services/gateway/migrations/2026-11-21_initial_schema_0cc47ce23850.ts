import type { Revision } from 'rowhouse/migration';

export default {
  id: '0cc47ce23850',
  parents: [],
  message: 'initial schema',
  up: [
    {
      kind: 'create-table',
      table: {
        name: 'gateway_route',
        columns: [
          { name: 'id', type: { kind: 'uuid' }, nullable: false },
          { name: 'method', type: { kind: 'varchar', length: 10 }, nullable: false },
          { name: 'path', type: { kind: 'varchar', length: 200 }, nullable: false },
          { name: 'service', type: { kind: 'varchar', length: 60 }, nullable: false },
          {
            name: 'requests_per_minute',
            type: { kind: 'integer' },
            nullable: false,
            default: { kind: 'literal', value: 600 },
          },
          {
            name: 'enabled',
            type: { kind: 'boolean' },
            nullable: false,
            default: { kind: 'literal', value: true },
          },
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
        primaryKey: { name: 'gateway_route_pkey', columns: ['id'] },
        uniques: [{ name: 'gateway_route_method_path_key', columns: ['method', 'path'] }],
        foreignKeys: [],
        checks: [],
        indexes: [{ name: 'gateway_route_service_idx', keys: [{ column: 'service' }], unique: false }],
      },
    },
  ],
} satisfies Revision;
