import type { DefinitionStatement } from '../../../dialect/definition.ts';
import type { Fact } from '../../../dialect/structure/fact.ts';
import type { KindRules, PlanContext } from '../../../dialect/structure/rules.ts';
import { making, memberOf, removing } from '../definition/context.ts';
import { mysqlText } from '../text.ts';
import { printForeignKey } from './print-table.ts';
import type { ForeignKeyShape } from './table-shape.ts';
import { textOf } from './text-of.ts';

/** How foreign keys are made and removed. The servers change none. */
export const foreignKeyRules: KindRules = {
  create: (fact, { to }) => {
    const [table, key] = ownerAndShape(fact, to);
    const object = memberOf({ name: table }, 'constraint', key.name);
    const made = making(`alter table ${mysqlText.name(table)} add ${printForeignKey(key)}`, object);
    return [{ ...made, class: 'scan', note: `rows that refer to nothing are refused by ${key.name}` }];
  },
  drop: (fact, { from }) => {
    const [table, key] = ownerAndShape(fact, from);
    const object = memberOf({ name: table }, 'constraint', key.name);
    const sql = `alter table ${mysqlText.name(table)} drop foreign key ${mysqlText.name(key.name)}`;
    return [removing(sql, object)] satisfies readonly DefinitionStatement[];
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
