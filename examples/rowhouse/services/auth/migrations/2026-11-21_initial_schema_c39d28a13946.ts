import type { Revision } from 'rowhouse/migration';

export default {
  id: 'c39d28a13946',
  parents: [],
  message: 'initial schema',
  up: [
    {
      kind: 'create-table',
      table: {
        name: 'auth_audit_log',
        columns: [
          { name: 'id', type: { kind: 'uuid' }, nullable: false },
          { name: 'user_id', type: { kind: 'uuid' }, nullable: true },
          { name: 'action', type: { kind: 'varchar', length: 60 }, nullable: false },
          { name: 'details', type: { kind: 'json' }, nullable: true },
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
        primaryKey: { name: 'auth_audit_log_pkey', columns: ['id'] },
        uniques: [],
        foreignKeys: [],
        checks: [],
        indexes: [
          {
            name: 'auth_audit_log_user_id_created_at_idx',
            keys: [{ column: 'user_id' }, { column: 'created_at', order: 'desc' }],
            unique: false,
          },
        ],
      },
    },
    {
      kind: 'create-table',
      table: {
        name: 'auth_role',
        columns: [
          { name: 'id', type: { kind: 'uuid' }, nullable: false },
          { name: 'name', type: { kind: 'varchar', length: 60 }, nullable: false },
          {
            name: 'system',
            type: { kind: 'boolean' },
            nullable: false,
            default: { kind: 'literal', value: false },
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
        primaryKey: { name: 'auth_role_pkey', columns: ['id'] },
        uniques: [{ name: 'auth_role_name_key', columns: ['name'] }],
        foreignKeys: [],
        checks: [],
        indexes: [],
      },
    },
    {
      kind: 'create-table',
      table: {
        name: 'auth_session',
        columns: [
          { name: 'id', type: { kind: 'uuid' }, nullable: false },
          { name: 'user_id', type: { kind: 'uuid' }, nullable: false },
          { name: 'token_hash', type: { kind: 'varchar', length: 64 }, nullable: false },
          {
            name: 'active',
            type: { kind: 'boolean' },
            nullable: false,
            default: { kind: 'literal', value: true },
          },
          { name: 'expires_at', type: { kind: 'timestamptz', precision: 3 }, nullable: false },
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
        primaryKey: { name: 'auth_session_pkey', columns: ['id'] },
        uniques: [{ name: 'auth_session_token_hash_key', columns: ['token_hash'] }],
        foreignKeys: [],
        checks: [],
        indexes: [
          {
            name: 'auth_session_active_expires_at_idx',
            keys: [{ column: 'active' }, { column: 'expires_at' }],
            unique: false,
          },
          { name: 'auth_session_user_id_idx', keys: [{ column: 'user_id' }], unique: false },
        ],
      },
    },
    {
      kind: 'create-table',
      table: {
        name: 'auth_user',
        columns: [
          { name: 'id', type: { kind: 'uuid' }, nullable: false },
          { name: 'email', type: { kind: 'varchar', length: 255 }, nullable: false },
          { name: 'password_hash', type: { kind: 'varchar', length: 255 }, nullable: false },
          {
            name: 'active',
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
        primaryKey: { name: 'auth_user_pkey', columns: ['id'] },
        uniques: [{ name: 'auth_user_email_key', columns: ['email'] }],
        foreignKeys: [],
        checks: [],
        indexes: [],
      },
    },
    {
      kind: 'create-table',
      table: {
        name: 'auth_user_role',
        columns: [
          { name: 'user_id', type: { kind: 'uuid' }, nullable: false },
          { name: 'role_id', type: { kind: 'uuid' }, nullable: false },
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
        primaryKey: { name: 'auth_user_role_pkey', columns: ['user_id', 'role_id'] },
        uniques: [],
        foreignKeys: [],
        checks: [],
        indexes: [{ name: 'auth_user_role_role_id_idx', keys: [{ column: 'role_id' }], unique: false }],
      },
    },
    {
      kind: 'add-foreign-key',
      table: { name: 'auth_session' },
      foreignKey: {
        name: 'auth_session_user_id_fkey',
        columns: ['user_id'],
        references: { name: 'auth_user', columns: ['id'] },
        onDelete: 'cascade',
        onUpdate: 'no-action',
      },
    },
    {
      kind: 'add-foreign-key',
      table: { name: 'auth_user_role' },
      foreignKey: {
        name: 'auth_user_role_user_id_fkey',
        columns: ['user_id'],
        references: { name: 'auth_user', columns: ['id'] },
        onDelete: 'cascade',
        onUpdate: 'no-action',
      },
    },
    {
      kind: 'add-foreign-key',
      table: { name: 'auth_user_role' },
      foreignKey: {
        name: 'auth_user_role_role_id_fkey',
        columns: ['role_id'],
        references: { name: 'auth_role', columns: ['id'] },
        onDelete: 'cascade',
        onUpdate: 'no-action',
      },
    },
  ],
} satisfies Revision;
