import { describe, expect, test } from 'vitest';
import type { Fact, Structure } from '../../../../src/dialect/structure/fact.ts';
import { planStructure } from '../../../../src/dialect/structure/plan-structure.ts';
import type { KindRules, RuleTable } from '../../../../src/dialect/structure/rules.ts';

describe('what a plan does with facts', () => {
  test('equal structures need nothing', () => {
    expect(plan([table('a')], [table('a')])).toEqual([]);
  });

  test('a whole that is new makes the parts it can say itself', () => {
    const parts = [table('a'), part('column', 'a', 'x'), part('index', 'a', 'i')];

    expect(plan([], parts)).toEqual(['create table a', 'create index a.i']);
  });

  test('what goes with its whole needs no statement', () => {
    const parts = [table('a'), part('column', 'a', 'x'), part('index', 'a', 'i')];

    expect(plan(parts, [])).toEqual(['drop table a']);
  });

  test('what is needed comes first and goes last', () => {
    const facts = [view('v', [table('t').id]), table('t'), view('w', ['view v'])];

    expect(plan([], facts)).toEqual(['create table t', 'create view v', 'create view w']);
    expect(plan(facts, [])).toEqual(['drop view w', 'drop view v', 'drop table t']);
  });

  test('what cannot be changed in place is made anew, with everything that needs it', () => {
    const before = [view('v', [], 'old'), view('w', ['view v'])];
    const after = [view('v', [], 'new'), view('w', ['view v'])];

    expect(plan(before, after)).toEqual(['drop view w', 'drop view v', 'create view v', 'create view w']);
  });

  test('a dependent that stands in the way of a change steps aside for it', () => {
    const before = [table('t'), part('column', 't', 'x', 'int'), view('v', ['column t.x'])];
    const after = [table('t'), part('column', 't', 'x', 'text'), view('v', ['column t.x'])];

    expect(plan(before, after)).toEqual(['drop view v', 'alter column t.x', 'create view v']);
  });

  test('a column lets go of a type before the type is dropped, and nothing is made anew for it', () => {
    const before = [view('type', []), table('t'), { ...part('column', 't', 'x', 'old'), requires: ['view type'] }];
    const after = [table('t'), part('column', 't', 'x', 'new')];

    expect(plan(before, after)).toEqual(['alter column t.x', 'drop view type']);
  });

  test('a name is free before something else takes it', () => {
    expect(plan([view('a', [])], [table('a')])).toEqual(['drop view a', 'create table a']);
  });
});

describe('what a plan refuses', () => {
  test('to make a table anew that something needs to go under it', () => {
    const before = [view('v', [], 'old'), { ...table('t'), requires: ['view v'] }];
    const after = [view('v', [], 'new'), { ...table('t'), requires: ['view v'] }];

    expect(() => plan(before, after)).toThrow(/table t: it holds rows, and view v is dropped or made anew/);
  });

  test('facts that need each other in a circle, naming the circle', () => {
    expect(() => plan([], [view('a', ['view b']), view('b', ['view a'])])).toThrow(
      /no order is possible: create view a needs create view b/,
    );
  });

  test('a kind that it has no rules for', () => {
    expect(() => plan([], [{ kind: 'planet', id: 'planet x', attributes: {}, requires: [] }])).toThrow(
      /there are no rules for a planet/,
    );
  });
});

const plain: KindRules = {
  create: ({ id }) => [{ sql: `create ${id}`, transactional: true }],
  drop: ({ id }) => [{ sql: `drop ${id}`, transactional: true }],
  alter: () => ({ how: 'replace' }),
};

const rules: RuleTable = {
  table: {
    ...plain,
    inlines: ({ kind }) => kind === 'column',
    refuseReplacement: () => 'it holds rows',
    occupies: ({ id }) => id.split(' ')[1],
  },
  column: {
    ...plain,
    alter: (_from, to) => ({
      how: 'in-place',
      steps: [{ sql: `alter ${to.id}`, transactional: true }],
      rebuild: ({ kind }) => kind === 'view',
    }),
  },
  index: plain,
  view: { ...plain, occupies: ({ id }) => id.split(' ')[1] },
};

function plan(from: readonly Fact[], to: readonly Fact[]): readonly string[] {
  return planStructure(structure(from), structure(to), rules, 'plain').map(({ sql }) => sql);
}

function structure(facts: readonly Fact[]): Structure {
  return { server: 'none', facts: new Map(facts.map((fact) => [fact.id, fact])), opaque: [] };
}

function table(name: string): Fact {
  return { kind: 'table', id: `table ${name}`, attributes: {}, requires: [] };
}

function part(kind: string, owner: string, name: string, type = ''): Fact {
  return { kind, id: `${kind} ${owner}.${name}`, parent: `table ${owner}`, attributes: { type }, requires: [] };
}

function view(name: string, requires: readonly string[], query = ''): Fact {
  return { kind: 'view', id: `view ${name}`, attributes: { query }, requires };
}
