import { expect, test } from 'vitest';
import { defineProject, integer, table, type ProjectDefinition } from '../../../src/index.ts';

const users = table('user', { id: integer().primaryKey() });
const auth = { schema: { users }, migrations: './migrations' };

test.each([
  [{ services: { auth }, toplogy: 'shared' }, 'the project has no option toplogy'],
  [{ services: { auth: { ...auth, acounts: [] } } }, 'service auth has no option acounts'],
  [{ services: { auth }, deploy: { backups: 'pg_dump' } }, 'deploy has no option backups'],
  [{ services: { auth }, revisions: { skipDrop: true } }, 'revisions has no option skipDrop'],
  [{ services: { auth }, ledger: { tabel: 'done' } }, 'ledger has no option tabel'],
  [{ services: { auth }, lint: { rule: {} } }, 'lint has no option rule'],
])('a project refuses what nobody reads: %#', (mistyped, message) => {
  expect(() => defineProject(mistyped as ProjectDefinition)).toThrow(
    expect.objectContaining({ code: 'PROJECT_INVALID', message }),
  );
});
