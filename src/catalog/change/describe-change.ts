import type { Change } from './change.ts';
import { displayName, type ObjectName } from '../model/object-name.ts';

/** What a change does, in a few words: `add column auth_user.email`, `rename table person to customer`. */
export function describeChange(change: Change): string {
  return `${change.kind.replaceAll('-', ' ')} ${objectOf(change)}`.trim();
}

function objectOf(change: Change): string {
  switch (change.kind) {
    case 'create-namespace':
    case 'drop-namespace':
      return change.name;
    case 'create-enum':
    case 'drop-enum':
    case 'alter-enum':
      return displayName(change.enum);
    case 'rename-enum':
      return renamed(displayName(change.enum), change.to);
    case 'rename-enum-value':
      return renamed(`${displayName(change.enum)}.${change.value}`, change.to);
    case 'create-sequence':
    case 'drop-sequence':
    case 'alter-sequence':
      return displayName(change.sequence);
    case 'rename-sequence':
      return renamed(displayName(change.sequence), change.to);
    case 'create-view':
    case 'drop-view':
    case 'alter-view':
      return displayName(change.view);
    case 'rename-view':
      return renamed(displayName(change.view), change.to);
    case 'move-object':
      return `(${change.of}) ${renamed(displayName(change.object), displayName(change.to))}`;
    case 'create-table':
    case 'drop-table':
    case 'set-primary-key':
    case 'set-table-comment':
    case 'set-table-options':
      return displayName(change.table);
    case 'rename-table':
      return renamed(displayName(change.table), change.to);
    case 'add-column':
    case 'alter-column':
      return memberOf(change.table, change.column.name);
    case 'drop-column':
      return memberOf(change.table, change.column);
    case 'rename-column':
      return renamed(memberOf(change.table, change.column), change.to);
    case 'add-unique':
    case 'alter-unique':
      return memberOf(change.table, change.unique.name);
    case 'add-check':
    case 'alter-check':
      return memberOf(change.table, change.check.name);
    case 'add-foreign-key':
    case 'alter-foreign-key':
      return memberOf(change.table, change.foreignKey.name);
    case 'create-index':
    case 'alter-index':
      return memberOf(change.table, change.index.name);
    case 'drop-unique':
    case 'drop-check':
    case 'drop-foreign-key':
    case 'drop-index':
      return memberOf(change.table, change.name);
    case 'rename-index':
    case 'rename-constraint':
      return renamed(memberOf(change.table, change.name), change.to);
    case 'create-raw':
    case 'drop-raw':
    case 'alter-raw': {
      const { type, table } = change.object;
      return `(${type}) ${table === undefined ? '' : `${table}.`}${displayName(change.object)}`;
    }
    case 'park-column':
      return memberOf(change.table, change.column);
    case 'park-table':
    case 'restore-table':
      return displayName(change.table);
    case 'restore-column':
      return memberOf(change.table, change.column.name);
    case 'keep-in-step':
    case 'stop-in-step':
      return `${memberOf(change.table, change.from)} and ${change.to}`;
    case 'alias-table':
    case 'drop-alias':
      return renamed(change.alias, displayName(change.table));
    case 'backfill':
      return memberOf(change.table, Object.keys(change.set).join(', '));
    case 'keep-values':
      return memberOf(change.backfill.table, Object.keys(change.backfill.set).join(', '));
    case 'raw-sql':
      return '';
  }
}

function memberOf(table: ObjectName, name: string): string {
  return `${displayName(table)}.${name}`;
}

function renamed(name: string, to: string): string {
  return `${name} to ${to}`;
}
