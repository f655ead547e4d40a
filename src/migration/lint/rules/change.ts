import type { Change } from '../../../catalog/change/change.ts';
import { displayName } from '../../../catalog/model/object-name.ts';
import type { LintRule } from '../../../dialect/lint/rule.ts';
import type { Revision } from '../../revision/revision.ts';
import { dropColumn, dropDatabase, dropTable } from './drop.ts';
import { renameColumn, renameTable } from './rename.ts';

/** What a change means to code that is running and to rows, whatever statements it becomes. */
export function judgeChange(
  change: Change,
  { phase }: Pick<Revision, 'phase'>,
): readonly { readonly rule: LintRule; readonly message: string }[] {
  if (phase === 'contract') return [];
  if (change.kind === 'drop-table') {
    return [{ rule: dropTable, message: `table ${change.table.name} is dropped with its rows` }];
  }
  if (change.kind === 'drop-column') {
    const column = `${change.table.name}.${change.column}`;
    return [{ rule: dropColumn, message: `column ${column} is dropped with its values` }];
  }
  if (change.kind === 'drop-namespace') {
    return [{ rule: dropDatabase, message: `schema ${change.name} is dropped with all that is in it` }];
  }
  if (change.kind === 'rename-table') {
    return [{ rule: renameTable, message: `table ${change.table.name} is renamed to ${change.to}` }];
  }
  if (change.kind === 'move-object' && (change.of === 'table' || change.of === 'view')) {
    const message = `${change.of} ${displayName(change.object)} is moved to ${displayName(change.to)}`;
    return [{ rule: renameTable, message }];
  }
  if (change.kind === 'rename-column') {
    const column = `${change.table.name}.${change.column}`;
    return [{ rule: renameColumn, message: `column ${column} is renamed to ${change.to}` }];
  }
  return [];
}

/**
 * Rules about what a change means: statements that Rowhouse makes for a change are not judged by them again, because
 * it also drops, renames and fills what it made itself.
 */
export const aboutMeaning: ReadonlySet<string> = new Set([
  ...[dropTable, dropColumn, dropDatabase, renameColumn, renameTable].map(({ code }) => code),
  'drop-cascade',
  'update-without-where',
  'delete-without-where',
  'rows-beside-definitions',
  'constraint-gap',
]);
