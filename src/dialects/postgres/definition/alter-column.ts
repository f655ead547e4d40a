import type { Alteration } from '../../../catalog/change/alteration.ts';
import type { Catalog } from '../../../catalog/model/catalog.ts';
import type { Column } from '../../../catalog/model/column.ts';
import { displayName } from '../../../catalog/model/object-name.ts';
import { findColumn, type Table } from '../../../catalog/model/table.ts';
import { canonicalJson } from '../../../catalog/snapshot/canonical-json.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import { nullRows } from '../../../dialect/prechecks.ts';
import type { Safety } from '../../../dialect/structure/rules.ts';
import { RowhouseError } from '../../../errors/rowhouse-error.ts';
import { changeType, needsShadow } from '../online/change-type.ts';
import { dropNotNull, setNotNull } from '../online/not-null.ts';
import { plainly } from '../online/step.ts';
import { capabilityMissing, postgresText, qualified } from '../text.ts';
import { printType } from '../type-text.ts';
import { alterGenerated } from './alter-generated.ts';
import { alterIdentity } from './alter-identity.ts';
import { defaultText } from './column.ts';
import { columnSettings } from './column-settings.ts';
import { setComment } from './comment.ts';
import { expressionText } from './expression.ts';
import { indexSafety } from './partitioned.ts';
import { narrowing } from './narrowing.ts';
import type { DefinitionServer } from './server.ts';
import { alterTable, checkedTable, tableBefore } from './texts.ts';
import { typeChange } from './type-change.ts';

/** A column that stays and becomes another, with what its change needs to know. */
export interface ColumnChange {
  readonly table: Table;
  readonly from: Column;
  readonly to: Column;
  readonly safe: Safety;
}

/** Everything in which a column can change where it stands. */
export function alterColumn(
  { table: name, column, using }: Extract<Alteration, { kind: 'alter-column' }>,
  before: Catalog,
  server: DefinitionServer,
  safe: Safety,
): readonly DefinitionStatement[] {
  const table = tableBefore(before, name);
  const from = findColumn(table, column.name);
  if (from === undefined) throw unknownColumn(table, column.name);
  refuseType(table, column, server);
  const change = { table, from, to: column, safe };
  const typed = isOtherType(change);
  return [
    ...alterGenerated(change, server),
    ...(from.identity !== undefined && column.identity === undefined ? alterIdentity(change) : []),
    ...(typed
      ? alterType(change, before, server, using === undefined ? undefined : expressionText(using))
      : alterDefault(change)),
    ...alterNull(change),
    ...(column.identity === undefined ? [] : alterIdentity(change)),
    ...columnSettings(name, column, from.options).map((sql) => plainly(sql)),
    ...(from.comment === column.comment
      ? []
      : [plainly(setComment(`column ${qualified(name)}.${postgresText.name(column.name)}`, column.comment))]),
  ];
}

function isOtherType({ from, to }: ColumnChange): boolean {
  return printType(from.type) !== printType(to.type) || from.collation !== to.collation;
}

function alterType(
  change: ColumnChange,
  before: Catalog,
  server: DefinitionServer,
  using: string | undefined,
): readonly DefinitionStatement[] {
  const { table, from, to, safe } = change;
  const described = typeChange(change, before, server);
  const isIndexed = described.indexes.length + described.keys.length > 0;
  const form = isIndexed && needsShadow(described) ? indexSafety(table, safe) : safe;
  const note = form === safe ? {} : { note: `rewrites all partitions of ${table.name} while nobody else can use them` };
  const narrower = using === undefined ? narrowing(checkedTable(table), from, to) : [];
  return changeType(using === undefined ? described : { ...described, using }, form, {
    ...note,
    prechecks: narrower,
  });
}

function alterDefault({ table, from, to }: ColumnChange): readonly DefinitionStatement[] {
  if (canonicalJson(from.default ?? null) === canonicalJson(to.default ?? null)) return [];
  const alter = `${alterTable(table)} alter column ${postgresText.name(to.name)}`;
  return [
    plainly(
      to.default === undefined ? `${alter} drop default` : `${alter} set default ${defaultText(to.default, to.type)}`,
    ),
  ];
}

function alterNull({ table, from, to, safe }: ColumnChange): readonly DefinitionStatement[] {
  const column = { table, column: to.name };
  if (from.nullable === to.nullable) return [];
  if (to.nullable) return [dropNotNull(column)];
  return setNotNull(column, safe, { prechecks: [nullRows(postgresText, checkedTable(table), to.name)] });
}

function refuseType(table: Table, column: Column, server: DefinitionServer): void {
  const unsupported = server.types.unsupported(column.type);
  if (unsupported === undefined) return;
  throw capabilityMissing(`${displayName(table)}.${column.name}`, `the type cannot exist here`, unsupported);
}

function unknownColumn(table: Table, column: string): RowhouseError {
  const name = `${displayName(table)}.${column}`;
  return new RowhouseError('CHANGE_INVALID', `${name} is not in the catalog before the change`, { details: { name } });
}
