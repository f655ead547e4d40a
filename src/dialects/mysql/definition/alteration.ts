import type { Alteration } from '../../../catalog/change/alteration.ts';
import { applyAlteration } from '../../../catalog/change/apply-alteration.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import { refuse, refuseName, refuseSupplementary } from '../refuse.ts';
import { mysqlText } from '../text.ts';
import { alterColumn } from './alter-column.ts';
import { alterEnum, renameEnumValue } from './alter-enum.ts';
import { alterForeignKey } from './alter-foreign-key.ts';
import { renameConstraint, renameIndex, replaceCheck, replaceIndex, replaceUnique } from './alter-member.ts';
import { alterRaw } from './alter-raw.ts';
import { alterTableOptions } from './alter-table-options.ts';
import { alterTable, making, setting, type DefinitionContext } from './context.ts';
import { followInViews } from './follow-in-views.ts';
import { renameColumn } from './rename-column.ts';
import { renameTable } from './rename-table.ts';
import { alterSequence } from './sequence.ts';
import { setPrimaryKey } from './set-primary-key.ts';
import { replaceView } from './view.ts';

/** What changes something that stays: the old is in force until the new one is. */
export function compileAlteration(change: Alteration, before: DefinitionContext): readonly DefinitionStatement[] {
  const after = { ...before, catalog: applyAlteration(change, before.catalog) };
  const around = { before, after };
  switch (change.kind) {
    case 'rename-table':
      return [...renameTable(change, around), ...followInViews(around)];
    case 'rename-column':
      return [...renameColumn(change, around), ...followInViews(around)];
    case 'rename-index':
      return renameIndex(change, around);
    case 'rename-constraint':
      return renameConstraint(change, around);
    // An enum has no name here: its values stand at each column.
    case 'rename-enum':
      return [];
    case 'move-object':
      if (change.of === 'enum') return [];
      throw refuse(change.object, undefined, 'there are no namespaces inside a database', 'leave the namespace out');
    case 'rename-enum-value':
      return renameEnumValue(change, around);
    case 'rename-sequence':
      if (!before.flavor.sequences)
        throw refuse(change.sequence, undefined, `${before.flavor.name} has no sequences`, 'use an identity column');
      return [renameRelation(change.sequence.name, change.to, 'sequence')];
    case 'rename-view':
      return [renameRelation(change.view.name, change.to, 'view'), ...followInViews(around)];
    case 'alter-column':
      return alterColumn(change, around);
    case 'set-primary-key':
      return setPrimaryKey(change, around);
    case 'alter-unique':
      return replaceUnique(change, around);
    case 'alter-check':
      return replaceCheck(change, around);
    case 'alter-foreign-key':
      return alterForeignKey(change, around);
    case 'alter-index':
      return replaceIndex(change, around);
    case 'set-table-comment':
      refuseSupplementary(change.table, undefined, [change.comment ?? '']);
      return [setting(alterTable(change.table, [`comment=${mysqlText.literal(change.comment ?? '')}`]))];
    case 'set-table-options':
      return alterTableOptions(change, around);
    case 'alter-enum':
      return alterEnum(change.enum, around);
    case 'alter-sequence':
      return [alterSequence(change.sequence, before)];
    case 'alter-view':
      return [setting(replaceView(change.view, after))];
    case 'alter-raw':
      return alterRaw(change.object, before);
  }
}

function renameRelation(from: string, to: string, kind: 'view' | 'sequence'): DefinitionStatement {
  refuseName({ name: to });
  const renamed = making(`rename table ${mysqlText.name(from)} to ${mysqlText.name(to)}`, { kind, name: to });
  return { ...renamed, frees: { kind, name: from } };
}
