import { mysqlText } from '../text.ts';
import type { CopyNames, Moment } from './names.ts';
import { isCopyOf, type RowPairs } from './row-pairs.ts';

export interface CopyTrigger {
  readonly table: string;
  readonly names: CopyNames;
  readonly rows: RowPairs;
  /** The server is a node of a cluster whose nodes compare what they have written. */
  readonly isNode: boolean;
}

/** The trigger that does to the copy what is done to a row of the table. */
export function copyTrigger(moment: Moment, trigger: CopyTrigger): string {
  const { table, names } = trigger;
  const name = mysqlText.name(names.trigger[moment]);
  return `create trigger ${name} after ${moment} on ${mysqlText.name(table)} for each row
begin
  ${bodyOf(moment, trigger).join(';\n  ')};
end`;
}

function bodyOf(moment: Moment, trigger: CopyTrigger): readonly string[] {
  switch (moment) {
    case 'delete':
      return removal(trigger);
    case 'insert':
      return [written(trigger)];
    case 'update':
      return updated(trigger);
  }
}

/**
 * `replace` locks no gap for a row that is not there yet, and so keeps no other writer waiting. Where the copy is unique
 * in another way it could take a row with it that is not meant, so there the server may find the duplicate.
 */
function updated(trigger: CopyTrigger): readonly string[] {
  const { rows } = trigger;
  if (!rows.isAsUnique) return [...removal(trigger), written(trigger)];
  const same = rows.key.map(({ from }) => `old.${mysqlText.name(from.name)} <=> new.${mysqlText.name(from.name)}`);
  return [`if not (${same.join(' and ')}) then ${removal(trigger).join('; ')}; end if`, written(trigger)];
}

function written({ names, rows }: CopyTrigger): string {
  const verb = rows.isAsUnique ? 'replace' : 'insert';
  return `${verb} into ${mysqlText.name(names.copy)} ${columnsAndValues(rows, 'new.')}`;
}

/**
 * Nodes of a cluster tell by the rows that were written whether two transactions meet. A delete of a row whose copy is
 * still on its way from another node would write nothing, and the copy would outlive the row: so it is written first.
 */
function removal({ names, rows, isNode }: CopyTrigger): readonly string[] {
  const copy = mysqlText.name(names.copy);
  const [first] = rows.key;
  const column = mysqlText.name(first?.to.name ?? '');
  return [
    ...(isNode
      ? [`insert into ${copy} ${columnsAndValues(rows, 'old.')} on duplicate key update ${column} = ${copy}.${column}`]
      : []),
    `delete from ${copy} where ${isCopyOf(rows.key, '', 'old.')}`,
  ];
}

function columnsAndValues({ all }: RowPairs, prefix: string): string {
  const columns = all.map(({ to }) => mysqlText.name(to.name)).join(', ');
  return `(${columns}) values (${all.map(({ from }) => `${prefix}${mysqlText.name(from.name)}`).join(', ')})`;
}
