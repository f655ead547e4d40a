import type { Change } from '../../../catalog/change/change.ts';
import { displayName, type ObjectName } from '../../../catalog/model/object-name.ts';
import type { BlockedTable } from '../../../dialect/blocking.ts';
import { mayVary } from '../online/default-text.ts';
import { defaultText } from './column.ts';

const reading: ReadonlySet<string> = new Set(['create-index', 'add-unique', 'add-check', 'add-foreign-key']);

/** What the short form of a change does with the rows of its table while others wait; undefined where it is nothing. */
export function heldUp(change: Change): BlockedTable | undefined {
  if (change.kind === 'add-column') return isWritten(change) ? held(change.table, 'rewrites') : undefined;
  return reading.has(change.kind) && 'table' in change ? held(change.table, 'reads') : undefined;
}

function held(table: ObjectName, does: BlockedTable['does']): BlockedTable {
  return { table: displayName(table), does };
}

/** Does each row get a value of its own? */
function isWritten({ column }: Extract<Change, { kind: 'add-column' }>): boolean {
  const { default: value, generated, identity, type } = column;
  const varies = value !== undefined && mayVary(defaultText(value, type));
  return varies || generated?.stored === true || identity !== undefined;
}
