import type { DefinitionStatement, Precheck } from '../../../dialect/definition.ts';
import { RowhouseError } from '../../../errors/rowhouse-error.ts';
import { sqliteText } from '../text.ts';
import { copyList, type TableCopy } from './copy-list.ts';
import { rebuildPrechecks } from './prechecks.ts';
import { unseenRowNumber } from './row-number.ts';
import type { TableShape } from './table-shape.ts';
import { underName } from './table-text.ts';

export interface TableRebuild extends TableCopy {
  /** The name of the new table until the old one is gone: nothing else may have it. */
  readonly temporary: string;
}

/**
 * Makes a table anew with its rows: the new one under a temporary name, the rows, the old one away, the new one in its
 * place. Always in this order: renaming the old table first would take the references to it along. Indexes, triggers and
 * views are the caller's: the triggers and views that name the table must be out of the way.
 */
export function rebuildTable(rebuild: TableRebuild): readonly DefinitionStatement[] {
  const { from, to, temporary } = rebuild;
  const [old, fresh] = [sqliteText.name(from.name), sqliteText.name(temporary)];
  return [
    { sql: underName(to.sql, temporary), ...prechecksMember(rebuildPrechecks(rebuild)) },
    ...(from.autoincrement && to.autoincrement ? [{ sql: keepLastNumber(from.name, temporary) }] : []),
    copyRows(rebuild),
    { sql: `drop table ${old}` },
    { sql: `alter table ${fresh} rename to ${sqliteText.name(to.name)}` },
  ].map((statement) => ({ ...statement, transactional: true, rebuilds: true }));
}

function prechecksMember(prechecks: readonly Precheck[]): Pick<DefinitionStatement, 'prechecks'> {
  return prechecks.length === 0 ? {} : { prechecks };
}

/** The last number that was given, which may have been that of a row that is gone; the rename takes it along. */
function keepLastNumber(from: string, temporary: string): string {
  return `insert into sqlite_sequence (name, seq) select ${sqliteText.literal(temporary)}, seq from sqlite_sequence where name = ${sqliteText.literal(from)}`;
}

function copyRows(rebuild: TableRebuild): Pick<DefinitionStatement, 'sql' | 'note' | 'copies'> {
  const { from, to, temporary } = rebuild;
  const { copies, notes } = copyList(rebuild);
  const rowid = unseenRowNumber(from, to);
  const pairs = [...(rowid === undefined ? [] : [{ column: rowid, value: rowid }]), ...copies];
  const note = { note: `copies all rows of ${from.name}${notes.map((one) => `; ${one}`).join('')}` };
  const [into, source] = [sqliteText.name(temporary), sqliteText.name(from.name)];
  if (pairs.length === 0) throw nothingInCommon(from.name);
  const columns = pairs.map(({ column }) => column).join(', ');
  const cells = pairs.map(({ value }) => value).join(', ');
  const copied = { from: source, to: into, ...(passesOverRows(to) ? { mayLeaveOut: true as const } : {}) };
  return { sql: `insert into ${into} (${columns}) select ${cells} from ${source}`, ...note, copies: copied };
}

/** Does one of its constraints say so? */
function passesOverRows({ sql }: TableShape): boolean {
  return /\bon\s+conflict\s+(?:ignore|replace)\b/i.test(sql);
}

function nothingInCommon(table: string): RowhouseError {
  const reason = 'its rows have nothing to carry over: no column stays';
  return new RowhouseError('PLAN_REFUSED', `table ${table}: ${reason}`, {
    details: { object: `table ${table}`, reason },
    hint: 'drop the table and make it anew in two steps if its rows may go',
  });
}
