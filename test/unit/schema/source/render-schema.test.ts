import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Catalog } from '../../../../src/catalog/model/catalog.ts';
import { textExpression } from '../../../../src/catalog/model/expression.ts';
import { renderSchema } from '../../../../src/schema/source/render-schema.ts';
import { catalogOfSource } from '../../../integration/pull/import-schema.ts';

const nasty = 'it\'s `quoted` \\ ${not} an "insert"\r\n\ttwo lines';
const parts = (text: string) => textExpression(text);

const everything: Catalog = {
  namespaces: ['billing', 'empty'],
  enums: [
    { name: 'unused', values: ['a', "it's"], comment: nasty },
    { namespace: 'billing', name: 'mood', values: ['sad', 'ok'] },
    { name: 'mood', values: ['x'] },
  ].toSorted((a, b) => ((a.namespace ?? '') + a.name < (b.namespace ?? '') + b.name ? -1 : 1)),
  sequences: [
    { name: 'ticket', start: '9007199254740993', increment: '-2', minimum: '-9', maximum: '10', cycle: true },
    { namespace: 'billing', name: 'number' },
  ].toSorted((a, b) => (`${a.namespace ?? ''}${a.name}` < `${b.namespace ?? ''}${b.name}` ? -1 : 1)),
  tables: [
    {
      namespace: 'billing',
      name: 'Invoice',
      columns: [
        {
          name: 'number',
          type: { kind: 'bigint' },
          nullable: false,
          identity: { generation: 'always', start: '5', maximum: '9', cycle: true },
        },
        { name: 'id', type: { kind: 'uuid' }, nullable: false },
        { name: 'user_id', type: { kind: 'integer' }, nullable: true },
        { name: 'UserId', type: { kind: 'integer' }, nullable: true, comment: nasty },
        { name: 'mood', type: { kind: 'enum', namespace: 'billing', name: 'mood' }, nullable: false },
        { name: 'net', type: { kind: 'decimal', precision: 10, scale: 2 }, nullable: false },
        {
          name: 'gross',
          type: { kind: 'decimal', precision: 10, scale: 0 },
          nullable: true,
          generated: { expression: parts('net * 1.19'), stored: false },
        },
        { name: 'sent at', type: { kind: 'timestamptz', precision: 6 }, nullable: true, default: { kind: 'now' } },
        {
          name: '1st',
          type: { kind: 'native', type: "o'dd" },
          nullable: true,
          collation: 'C',
          options: { storage: 'plain', statistics: 5 },
        },
      ],
      primaryKey: { name: 'pk', columns: ['id', 'number'] },
      uniques: [
        { name: 'Invoice_net_key', columns: ['net'] },
        { name: 'net_again', columns: ['net'] },
        { name: 'pair', columns: ['user_id', 'UserId'], nullsNotDistinct: true },
        { name: 'late', columns: ['gross'], deferrable: 'deferred' },
        { name: 'single_nulls', columns: ['user_id'], nullsNotDistinct: true },
      ],
      foreignKeys: [
        {
          name: 'to_user',
          columns: ['user_id'],
          references: { name: 'class', columns: ['id'] },
          onDelete: 'cascade',
          onUpdate: 'set-null',
          match: 'full',
          deferrable: 'deferred',
        },
        {
          name: 'to_self',
          columns: ['id', 'number'],
          references: { namespace: 'billing', name: 'Invoice', columns: ['id', 'number'] },
          onDelete: 'no-action',
          onUpdate: 'no-action',
        },
      ],
      checks: [
        {
          name: 'ok',
          expression: {
            parts: [
              { kind: 'name', name: 'net' },
              { kind: 'text', text: ' > ' },
              { kind: 'literal', value: -1.5 },
              { kind: 'text', text: ' or note = ' },
              { kind: 'literal', value: nasty },
            ],
          },
          noInherit: true,
          notEnforced: true,
        },
      ],
      indexes: [
        {
          name: 'rich',
          keys: [
            { column: 'net', order: 'desc', nulls: 'last' },
            { expression: parts('lower("1st")'), collation: 'C', operatorClass: 'text_pattern_ops' },
            { column: 'UserId', prefixLength: 5 },
          ],
          unique: true,
          method: 'btree',
          where: parts("mood <> 'sad'"),
          include: ['gross'],
          nullsNotDistinct: true,
          comment: 'rich',
          options: { fillfactor: 70 },
        },
        {
          name: 'Invoice_net_expr_idx',
          keys: [{ column: 'net', order: 'desc' }, { expression: parts('1') }],
          unique: false,
        },
      ],
      comment: nasty,
      options: { fillfactor: 70, 'odd name': 'x', strict: true },
    },
    {
      name: 'class',
      columns: [
        { name: 'id', type: { kind: 'integer' }, nullable: false, identity: { generation: 'by-default' } },
        {
          name: 'big',
          type: { kind: 'bigint' },
          nullable: false,
          default: { kind: 'literal', value: '9007199254740993' },
        },
        { name: 'flags', type: { kind: 'bytes' }, nullable: false, default: { kind: 'literal', value: '\\x00' } },
        { name: 'on', type: { kind: 'boolean' }, nullable: false, default: { kind: 'literal', value: false } },
        {
          name: 'note',
          type: { kind: 'varchar', length: 9 },
          nullable: true,
          default: { kind: 'literal', value: null },
        },
        {
          name: 'mood',
          type: { kind: 'enum', name: 'mood' },
          nullable: false,
          default: { kind: 'literal', value: 'x' },
        },
        {
          name: 'tags',
          type: { kind: 'array', of: { kind: 'text' } },
          nullable: false,
          default: { kind: 'literal', value: '{}' },
        },
        {
          name: 'day',
          type: { kind: 'date' },
          nullable: false,
          default: { kind: 'expression', expression: parts('current_date') },
        },
        {
          name: 'at',
          type: { kind: 'timestamptz', precision: 3 },
          nullable: false,
          default: { kind: 'literal', value: 'epoch' },
        },
        { name: 'v', type: { kind: 'vector', dimensions: 3 }, nullable: true },
        { name: 'd', type: { kind: 'decimal' }, nullable: true },
        { name: 't', type: { kind: 'time', precision: 3 }, nullable: true },
        { name: 'invoice', type: { kind: 'uuid' }, nullable: true },
        { name: 'invoice_number', type: { kind: 'bigint' }, nullable: true },
      ],
      primaryKey: { name: 'class_pkey', columns: ['id'] },
      uniques: [],
      foreignKeys: [
        {
          name: 'class_invoice_invoice_number_fkey',
          columns: ['invoice', 'invoice_number'],
          references: { namespace: 'billing', name: 'Invoice', columns: ['id', 'number'] },
          onDelete: 'restrict',
          onUpdate: 'no-action',
        },
      ],
      checks: [],
      indexes: [],
    },
    { name: 'empty', columns: [], uniques: [], foreignKeys: [], checks: [], indexes: [] },
    {
      name: 'index',
      columns: [{ name: 't', type: { kind: 'char', length: 2 }, nullable: false }],
      uniques: [],
      foreignKeys: [],
      checks: [],
      indexes: [],
    },
  ],
  views: [
    {
      name: 'z_first',
      query: parts('select 1 as "One"'),
      columns: [{ name: 'One', type: { kind: 'integer' }, nullable: true }],
      materialized: false,
    },
    {
      namespace: 'billing',
      name: 'a_second',
      query: parts('select * from z_first'),
      columns: [],
      materialized: true,
      comment: nasty,
      options: { securityInvoker: true },
    },
  ],
  raw: [
    {
      type: 'domain',
      name: 'year',
      create: { postgresql: nasty },
      drop: { postgresql: 'drop domain year' },
      replace: { postgresql: nasty },
      requires: [{ name: 'z_first' }],
      stage: 'before-tables',
    },
    {
      type: 'trigger',
      name: 'z',
      table: 'class',
      create: { sqlite: 'a' },
      drop: { sqlite: 'b' },
      stage: 'after-tables',
    },
    {
      type: 'trigger',
      namespace: 'billing',
      name: 'a',
      create: { sqlite: 'a' },
      drop: { sqlite: 'b' },
      stage: 'after-tables',
    },
  ],
};

describe('a rendered schema file', () => {
  test('defines exactly the catalog with everything in it', async () => {
    const source = renderSchema(everything, { engine: 'postgresql' });

    const catalog = await catalogOfSource(source);

    expect(catalog).toEqual(everything);
  });

  // Two runs of the compiler over the whole library.
  test('has types that hold, also where tables refer to each other in a circle', () => {
    const source = renderSchema(everything, { engine: 'postgresql' });

    expect(typeErrors(source)).toEqual([]);
    expect(typeErrors(source.replace('bigint()', 'bigint().default(true)'))).toHaveLength(1); // it can fail
  }, 60_000);
});

/** What the compiler says about a schema file with this text. */
function typeErrors(source: string): readonly string[] {
  const root = fileURLToPath(new URL('../../../../', import.meta.url));
  const directory = mkdtempSync(join(tmpdir(), 'rowhouse-types-'));
  const compilerOptions = { noEmit: true, types: [], paths: { rowhouse: [`${root}src/index.ts`] } };
  writeFileSync(join(directory, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(directory, 'schema.ts'), source);
  writeFileSync(
    join(directory, 'tsconfig.json'),
    JSON.stringify({ extends: `${root}tsconfig.base.json`, compilerOptions, files: ['schema.ts'] }),
  );
  const { stdout } = spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', directory], { encoding: 'utf8' });
  rmSync(directory, { recursive: true });
  return stdout.split('\n').filter((line) => /(?:^|\/)schema\.ts\(/.test(line));
}
