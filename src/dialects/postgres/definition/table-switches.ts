import type { ObjectName } from '../../../catalog/model/object-name.ts';
import type { Table } from '../../../catalog/model/table.ts';
import { capabilityMissing, newName } from '../text.ts';
import { qualified } from '../text.ts';

type Options = NonNullable<Table['options']>;

/** Options of a table that are no storage parameters. */
export interface TableSwitches {
  readonly unlogged?: boolean;
  readonly rowSecurity?: boolean;
  readonly forceRowSecurity?: boolean;
  /** `default`, `full`, `nothing`, or the name of a unique index. */
  readonly replicaIdentity?: string;
}

/** Where the rows of a table lie: said when it is made. */
export interface TablePlacement {
  /** `range (created_at)`: what the table is divided by. */
  readonly partitionBy?: string;
  /** The tables it inherits from, with commas. */
  readonly inherits?: string;
  readonly tablespace?: string;
}

/** The clauses between the columns of a new table and its storage parameters. */
export function placeTexts({ partitionBy, inherits }: TablePlacement): readonly string[] {
  return [
    ...(inherits === undefined ? [] : [`inherits (${inherits})`]),
    ...(partitionBy === undefined ? [] : [`partition by ${partitionBy}`]),
  ];
}

export interface SplitOptions {
  readonly switches: TableSwitches;
  readonly placement: TablePlacement;
  readonly storage: Options;
}

/** Tells switches and placement from storage parameters. */
export function splitOptions(options: Options): SplitOptions {
  const { unlogged, rowSecurity, forceRowSecurity, replicaIdentity, partitionBy, inherits, tablespace, ...storage } =
    options;
  return {
    placement: {
      ...(partitionBy === undefined ? {} : { partitionBy: String(partitionBy) }),
      ...(inherits === undefined ? {} : { inherits: String(inherits) }),
      ...(tablespace === undefined ? {} : { tablespace: String(tablespace) }),
    },
    switches: {
      unlogged: unlogged === true,
      rowSecurity: rowSecurity === true,
      forceRowSecurity: forceRowSecurity === true,
      replicaIdentity: String(replicaIdentity ?? 'default'),
    },
    storage,
  };
}

/** The statements that turn the switches; `unlogged` aside, which a table is made with. */
export function switchTexts(table: ObjectName, from: TableSwitches, to: TableSwitches): readonly string[] {
  const alter = `alter table ${qualified(table)}`;
  const isOn = (value: boolean | undefined): boolean => value === true;
  return [
    ...(isOn(from.rowSecurity) === isOn(to.rowSecurity)
      ? []
      : [`${alter} ${isOn(to.rowSecurity) ? 'enable' : 'disable'} row level security`]),
    ...(isOn(from.forceRowSecurity) === isOn(to.forceRowSecurity)
      ? []
      : [`${alter} ${isOn(to.forceRowSecurity) ? '' : 'no '}force row level security`]),
    ...((from.replicaIdentity ?? 'default') === (to.replicaIdentity ?? 'default')
      ? []
      : [`${alter} replica identity ${identityText(table, to.replicaIdentity ?? 'default')}`]),
  ];
}

function identityText(table: ObjectName, identity: string): string {
  if (identity === '')
    throw capabilityMissing(table, 'the replica identity has no name', 'say default, full, nothing or an index');
  return ['default', 'full', 'nothing'].includes(identity) ? identity : `using index ${newName(identity)}`;
}
