import { refused } from '../../../dialect/structure/compare.ts';
import { mysqlText } from '../text.ts';
import type { AlterClause } from './alter-clause.ts';
import { together } from './alter-units.ts';
import { objectId } from './fact-ids.ts';
import type { TableChanges } from './table-changes.ts';

/** The period of the history. */
const systemTime = 'SYSTEM_TIME';

/** The clauses that drop periods, and those that add them and switch the history of rows on or off. */
export function frameClauses({ from, to }: TableChanges): {
  readonly drops: readonly AlterClause[];
  readonly adds: readonly AlterClause[];
} {
  const [before, after] = [from.frame.periods, to.frame.periods];
  const dropped = Object.entries(before).filter(([name, text]) => after[name] !== text);
  const added = Object.entries(after).filter(([name, text]) => before[name] !== text);
  const isHidden = from.frame.versioned && before[systemTime] === undefined;
  if (isHidden && to.frame.versioned && after[systemTime] !== undefined)
    throw refused(
      objectId('table', from.name),
      'it keeps the history of its rows in hidden columns, and the server cannot show them without dropping the history',
    );
  return {
    drops: dropped.map(([name, about]) => ({
      sql: `drop period for ${periodName(name)}`,
      about,
      keys: [together],
      place: 'main',
      cost: 'copy',
    })),
    adds: [
      ...added.map(([, text]): AlterClause => ({ sql: `add ${text}`, keys: [together], place: 'main', cost: 'copy' })),
      ...historyClause(from.frame.versioned, to.frame.versioned, from.name),
    ],
  };
}

function historyClause(before: boolean, after: boolean, table: string): readonly AlterClause[] {
  if (before === after) return [];
  if (after) return [{ sql: 'add system versioning', keys: [together], place: 'main', cost: 'copy' }];
  return [
    {
      sql: 'drop system versioning',
      keys: [together],
      place: 'main',
      cost: 'copy',
      note: `the history of the rows of ${table} is dropped`,
    },
  ];
}

function periodName(name: string): string {
  return name === systemTime ? name : mysqlText.name(name);
}
