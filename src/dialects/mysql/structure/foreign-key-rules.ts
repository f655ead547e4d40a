import type { Fact } from '../../../dialect/structure/fact.ts';
import type { KindRules, PlanContext } from '../../../dialect/structure/rules.ts';
import { memberOf } from '../definition/context.ts';
import { mysqlText } from '../text.ts';
import type { AlterClause } from './alter-clause.ts';
import { together } from './alter-units.ts';
import { planAlter } from './print-alter.ts';
import { printForeignKey, printIndex } from './print-table.ts';
import { namesIn } from './scan.ts';
import type { ForeignKeyShape, IndexShape } from './table-shape.ts';
import { textOf } from './text-of.ts';

/** How foreign keys are made and removed. The servers change none. */
export const foreignKeyRules: KindRules = {
  create: (fact, context) => {
    const { to, safe } = context;
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
    const clauses = [...keepMadeIndexes(fact, key, context), clause];
    return [planAlter({ table, clauses, versioned: false, step: `references from ${table}` }, safe)];
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

/**
 * The server drops an index that it made for an older foreign key when it makes one for this. Nobody can see which it
 * made; one that is asked for in the same statement stays.
 */
function keepMadeIndexes(
  { parent = '' }: Fact,
  key: ForeignKeyShape,
  { from, to }: PlanContext,
): readonly AlterClause[] {
  const older = [...from.facts.values()].filter((fact) => fact.kind === 'foreign-key' && fact.parent === parent);
  const madeNames = new Set([
    ...older.map(({ attributes }) => textOf({ attributes }, 'name').toLowerCase()),
    ...namesIn(key.columns),
  ]);
  const isMade = ({ name, columns, method }: IndexShape): boolean =>
    method === 'KEY' &&
    columns === key.columns &&
    [name, name.replace(/_\d+$/, '')].some((one) => madeNames.has(one.toLowerCase()));
  const [before, after] = [indexesOf(from.facts.get(parent)), indexesOf(to.facts.get(parent))];
  return after
    .filter((index) => isMade(index) && index.name.toLowerCase() !== key.name.toLowerCase())
    .filter(({ name }) => before.some((index) => index.name === name))
    .flatMap((index): readonly AlterClause[] => [
      { sql: `drop index ${mysqlText.name(index.name)}`, place: 'main', cost: 'catalog', keys: [together] },
      { sql: `add ${printIndex(index)}`, place: 'main', cost: 'read', keys: [together] },
    ]);
}

/** The indexes of a table, which are inside its fact. */
function indexesOf(table: Fact | undefined): readonly IndexShape[] {
  return Object.entries(table?.attributes ?? {}).flatMap(([id, index]) =>
    id.startsWith('index ') ? [index as unknown as IndexShape] : [],
  );
}

function ownerAndShape(
  { parent = '', attributes }: Fact,
  { facts }: PlanContext['from'],
): readonly [string, ForeignKeyShape] {
  const table = facts.get(parent)?.attributes['table'] as { readonly name: string } | undefined;
  return [table?.name ?? '', attributes as unknown as ForeignKeyShape];
}
