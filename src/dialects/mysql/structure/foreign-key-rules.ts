import type { Fact } from '../../../dialect/structure/fact.ts';
import type { KindRules, PlanContext } from '../../../dialect/structure/rules.ts';
import { memberOf } from '../definition/context.ts';
import { mysqlText } from '../text.ts';
import type { AlterClause } from './alter-clause.ts';
import { together } from './alter-units.ts';
import { planAlter } from './print-alter.ts';
import { printForeignKey } from './print-table.ts';
import type { ForeignKeyShape } from './table-shape.ts';
import { textOf } from './text-of.ts';

/** How foreign keys are made and removed. The servers change none. */
export const foreignKeyRules: KindRules = {
  create: (fact, { to, safe }) => {
    const [table, key] = ownerAndShape(fact, to);
    const object = memberOf({ name: table }, 'constraint', key.name);
    const clause: AlterClause = {
      sql: `add ${printForeignKey(key)}`,
      place: 'main',
      cost: 'read',
      // Each by itself would copy the table once more.
      keys: [together],
      done: { question: 'exists', object },
      note: `rows that refer to nothing are refused by ${key.name}`,
    };
    return [planAlter({ table, clauses: [clause], versioned: false, step: `references from ${table}` }, safe)];
  },
  drop: (fact, { from, safe }) => {
    const [table, key] = ownerAndShape(fact, from);
    const object = memberOf({ name: table }, 'constraint', key.name);
    const clause: AlterClause = {
      sql: `drop foreign key ${mysqlText.name(key.name)}`,
      place: 'main',
      cost: 'catalog',
      keys: [together],
      done: { question: 'missing', object },
    };
    return [planAlter({ table, clauses: [clause], versioned: false, step: `free ${table}` }, safe)];
  },
  alter: () => ({ how: 'replace' }),
  outlivesParent: ({ notes }) => notes?.['circular'] === true,
  occupies: ({ attributes }) => `foreign key ${textOf({ attributes }, 'name').toLowerCase()}`,
  rank: 20,
};

function ownerAndShape(
  { parent = '', attributes }: Fact,
  { facts }: PlanContext['from'],
): readonly [string, ForeignKeyShape] {
  const table = facts.get(parent)?.attributes['table'] as { readonly name: string } | undefined;
  return [table?.name ?? '', attributes as unknown as ForeignKeyShape];
}
