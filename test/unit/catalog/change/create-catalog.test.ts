import { expect, test } from 'vitest';
import { createCatalog } from '../../../../src/catalog/change/create-catalog.ts';
import { emptyCatalog } from '../../../../src/catalog/model/catalog.ts';
import { textExpression } from '../../../../src/catalog/model/expression.ts';
import type { RawObject } from '../../../../src/catalog/model/raw-object.ts';
import type { View } from '../../../../src/catalog/model/view.ts';

test('a view is made after the function that it calls, and a policy after the view that it reads', () => {
  const raw = (type: string, name: string, create: string): RawObject => ({
    type,
    name,
    create: { any: create },
    drop: { any: `drop ${type} ${name}` },
    stage: 'after-tables',
  });
  const view = (name: string, query: string): View => ({
    name,
    query: textExpression(query),
    columns: [],
    materialized: false,
  });

  const changes = createCatalog({
    ...emptyCatalog,
    views: [view('adult', 'select * from young where is_adult(age)'), view('young', 'select * from person')],
    raw: [
      raw('policy', 'guests', 'create policy guests on person using (id in (select id from adult))'),
      raw('function', 'is_adult', 'create function is_adult(age int) returns boolean'),
    ],
  });

  expect(
    changes.map((change) =>
      change.kind === 'create-view'
        ? change.view.name
        : change.kind === 'create-raw'
          ? change.object.name
          : change.kind,
    ),
  ).toEqual(['young', 'is_adult', 'adult', 'guests']);
});
