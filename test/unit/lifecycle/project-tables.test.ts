import { expect, test } from 'vitest';
import {
  account,
  defineProject,
  erasure,
  integer,
  retention,
  service,
  table,
  timestamptz,
} from '../../../src/index.ts';
import type { ServiceDefinition } from '../../../src/index.ts';

const known = table('known', { id: integer().primaryKey(), at: timestamptz() });
const stranger = table('stranger', { id: integer().primaryKey(), at: timestamptz() });
const project = (more: Partial<ServiceDefinition>): unknown =>
  defineProject({ services: { app: service({ schema: { known }, migrations: './migrations', ...more }) } });

test.each([
  ['a retention policy', { retention: [retention(stranger, { by: 'at', olderThan: '1 day' })] }],
  ['erasure user', { erasure: { user: erasure((step) => [step.delete(stranger, () => ({ id: 1 }))]) } }],
  ['account worker', { accounts: [account('worker').readWrite(stranger)] }],
] satisfies [string, Partial<ServiceDefinition>][])(
  '%s of a table that the schema does not export is refused',
  (words, more) => {
    expect(() => project(more)).toThrow(`service app: ${words} names a table that its schema does not export`);
  },
);

test('policies of the schema are kept', () => {
  const policies = [retention(known, { by: 'at', olderThan: '1 day' })];

  expect(project({ retention: policies })).toMatchObject({ services: { app: { retention: policies } } });
});
