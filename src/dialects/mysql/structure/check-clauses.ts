import { memberOf } from '../definition/context.ts';
import { mysqlText } from '../text.ts';
import type { AlterClause } from './alter-clause.ts';
import { printCheck } from './print-table.ts';
import type { TableChanges } from './table-changes.ts';
import type { CheckShape } from './table-shape.ts';

/** The clauses for the checks of a table: those that go before the columns change, and those that come after. */
export function checkClauses({ from, to, checks }: TableChanges): {
  readonly drops: readonly AlterClause[];
  readonly adds: readonly AlterClause[];
} {
  const switched = checks.changed.filter(
    ([before, after]) => before.expression === after.expression && before.name === after.name,
  );
  const replaced = [...checks.changed.filter((pair) => !switched.includes(pair)), ...checks.recreated];
  return {
    drops: [
      ...checks.dropped.map((check) => ({
        ...dropCheck(check),
        done: { question: 'missing' as const, object: memberOf(from, 'constraint', check.name) },
      })),
      ...replaced.map(([before]) => ({ ...dropCheck(before), keys: [keyOf(before)] })),
    ],
    adds: [
      ...replaced.map(([before, after]) => ({ ...addCheck(after), keys: [keyOf(before)] })),
      ...checks.added.map((check) => ({
        ...addCheck(check),
        done: { question: 'exists' as const, object: memberOf(to, 'constraint', check.name) },
      })),
      ...switched.map(([, after]) => enforceCheck(after)),
    ],
  };
}

function keyOf({ name }: CheckShape): string {
  return `check ${name}`;
}

function dropCheck(check: CheckShape): AlterClause {
  const about = printCheck(check);
  return { sql: `drop constraint ${mysqlText.name(check.name)}`, place: 'main', cost: 'catalog', about };
}

function addCheck(check: CheckShape): AlterClause {
  const isEnforced = check.enforcement === '';
  return {
    sql: `add ${printCheck(check)}`,
    place: 'main',
    cost: isEnforced ? 'copy' : 'catalog',
    ...(isEnforced ? { note: `rows that break ${check.name} are refused` } : {}),
  };
}

function enforceCheck(check: CheckShape): AlterClause {
  const { name, enforcement } = check;
  const isEnforced = enforcement === '';
  return {
    sql: `alter check ${mysqlText.name(name)} ${isEnforced ? '' : 'not '}enforced`,
    about: printCheck(check),
    place: 'main',
    cost: isEnforced ? 'copy' : 'catalog',
    ...(isEnforced ? { note: `rows that break ${name} are refused` } : {}),
  };
}
