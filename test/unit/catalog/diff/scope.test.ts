import { describe, expect, test } from 'vitest';
import { diffCatalogs } from '../../../../src/catalog/diff/diff-catalogs.ts';
import type { Rename } from '../../../../src/catalog/diff/rename.ts';
import { withinScope, type Scope } from '../../../../src/catalog/diff/scope.ts';
import { enumType, integer } from '../../../../src/schema/column/types.ts';
import { catalogOf } from '../../../../src/schema/schema.ts';
import { table } from '../../../../src/schema/table/table.ts';
import { trigger } from '../../../../src/schema/managed/trigger.ts';

const mood = enumType('mood', ['sad', 'ok']);
const one = (name: string, namespace?: string): ReturnType<typeof make> => make(name, namespace);
function make(name: string, namespace?: string) {
  return table(name, { id: integer().primaryKey() }, () => [], namespace === undefined ? {} : { namespace });
}
const from = catalogOf({
  user: one('auth_user'),
  gone: table('auth_gone', { id: integer().primaryKey(), mood: mood() }),
  other: one('shop_order'),
});
const to = catalogOf({
  user: table('auth_user', { id: integer().primaryKey(), age: integer() }),
  added: one('auth_added'),
  extra: one('shop_extra'),
  bill: one('bill', 'billing'),
  log: trigger('log', 'shop_extra', { create: { sqlite: 'create trigger log' } }),
});

function steps(scope: Scope, renames: readonly Rename[] = []): readonly string[] {
  const target = withinScope(from, to, scope, renames);
  return diffCatalogs(from, target, { renames, drops: ['auth_gone', 'shop_order'] }).map((change) => {
    const name = 'table' in change ? change.table.name : 'name' in change ? change.name : '';
    return `${change.kind} ${name}`.trim();
  });
}

describe('a comparison', () => {
  test('looks at everything when nothing is said', () => {
    expect(withinScope(from, to, {}, [])).toEqual(to);
  });

  test('looks only at what is included', () => {
    expect(steps({ include: ['auth_*'] })).toEqual([
      'drop-table auth_gone',
      'create-table auth_added',
      'add-column auth_user',
      'drop-enum',
    ]);
  });

  test('leaves alone what is excluded, whatever is included', () => {
    expect(steps({ include: ['auth_*'], exclude: ['*_gone'] })).toEqual([
      'create-table auth_added',
      'add-column auth_user',
    ]);
  });

  test('looks at the default namespace and at those that are named', () => {
    expect(steps({ exclude: ['auth_*', 'shop_*'] })).toEqual(['create-namespace billing', 'create-table bill']);
    expect(steps({ exclude: ['auth_*', 'shop_*'], namespaces: ['audit'] })).toEqual([]);
  });

  test('drops no table when told so, and keeps what the tables use', () => {
    const changes = steps({ skipDrops: true });

    expect(changes).toContain('create-table shop_extra');
    expect(changes.filter((change) => change.startsWith('drop'))).toEqual([]);
  });

  test('renames a table where drops are skipped', () => {
    const rename: Rename = { kind: 'rename-table', table: { name: 'auth_gone' }, to: 'auth_added' };

    expect(steps({ skipDrops: true }, [rename])).toContain('rename-table auth_gone');
  });

  test('refuses a reference to what is left out', () => {
    const part = table('auth_part', { id: integer().primaryKey(), extra: integer().references(() => extra.id) });
    const extra = one('shop_extra');

    expect(() => withinScope(from, catalogOf({ part, extra }), { include: ['auth_*'] }, [])).toThrow(
      /auth_part refers to shop_extra, which is left out/,
    );
  });
});
