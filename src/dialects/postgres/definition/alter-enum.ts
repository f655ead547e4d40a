import type { Catalog } from '../../../catalog/model/catalog.ts';
import { findEnum } from '../../../catalog/model/catalog.ts';
import type { Column } from '../../../catalog/model/column.ts';
import type { ColumnType } from '../../../catalog/model/column-type.ts';
import type { EnumType } from '../../../catalog/model/enum-type.ts';
import { displayName, sameName, type ObjectName } from '../../../catalog/model/object-name.ts';
import type { Table } from '../../../catalog/model/table.ts';
import type { DefinitionStatement, Precheck } from '../../../dialect/definition.ts';
import { rowsWithValue } from '../../../dialect/prechecks.ts';
import type { Safety } from '../../../dialect/structure/rules.ts';
import { RowhouseError } from '../../../errors/rowhouse-error.ts';
import { changeType } from '../online/change-type.ts';
import { addEnumValue } from '../online/enum-value.ts';
import { begins, joins, plainly } from '../online/step.ts';
import type { TypeChange } from '../online/type-change.ts';
import { temporaryName } from '../online/temporary-name.ts';
import { newName, postgresText, qualified } from '../text.ts';
import { printType } from '../type-text.ts';
import type { ColumnChange } from './alter-column.ts';
import { setComment } from './comment.ts';
import { createEnum, refuseLongValues } from './enum.ts';
import type { DefinitionServer } from './server.ts';
import { typeChange } from './type-change.ts';
import { checkedTable, nameOf } from './texts.ts';

/** Gives an enum other values: in place where they only become more, else through a new type. */
export function alterEnum(
  type: EnumType,
  before: Catalog,
  server: DefinitionServer,
  safe: Safety,
): readonly DefinitionStatement[] {
  const old = findEnum(before, nameOf(type));
  if (old === undefined) throw unknownEnum(type);
  refuseLongValues(type);
  const values = keepsOrder(old, type) ? addValues(old, type) : throughNewType(old, type, before, server, safe);
  const isNew = !keepsOrder(old, type);
  return [
    ...values,
    ...(old.comment === type.comment && !isNew ? [] : [plainly(setComment(`type ${qualified(type)}`, type.comment))]),
  ];
}

function keepsOrder(old: EnumType, type: EnumType): boolean {
  const kept = type.values.filter((value) => old.values.includes(value));
  return kept.length === old.values.length && kept.every((value, position) => value === old.values[position]);
}

/** Each new value goes behind the one before it; the first goes before what is first now. */
function addValues(old: EnumType, type: EnumType): readonly DefinitionStatement[] {
  return type.values.flatMap((value, position) => {
    if (old.values.includes(value)) return [];
    const after = type.values[position - 1];
    return [addEnumValue(nameOf(type), after === undefined ? { value, before: old.values[0] } : { value, after })];
  });
}

function throughNewType(
  old: EnumType,
  type: EnumType,
  before: Catalog,
  server: DefinitionServer,
  safe: Safety,
): readonly DefinitionStatement[] {
  const next = { ...nameOf(type), name: temporaryName(type.name, 'new', JSON.stringify(type.values)) };
  const gone = old.values.filter((value) => !type.values.includes(value));
  const [create = ''] = createEnum({ ...next, values: type.values });
  const users = before.tables.flatMap((table) =>
    table.columns.filter((column) => isOf(column.type, type)).map((column) => ({ table, column })),
  );
  return [
    begins(create, {
      prechecks: gone.length === 0 ? [] : users.flatMap((user) => inUse(user.table, user.column, gone)),
    }),
    ...users.flatMap(({ table, column }) =>
      changeType(toNewType({ table, from: column, to: column }, next, before, server), safe),
    ),
    begins(`drop type ${qualified(type)}`),
    joins(`alter type ${qualified(next)} rename to ${newName(type.name)}`),
  ];
}

function toNewType(
  change: Pick<ColumnChange, 'table' | 'from' | 'to'>,
  next: ObjectName,
  before: Catalog,
  server: DefinitionServer,
): TypeChange {
  const { name, type } = change.from;
  const [text, to] = type.kind === 'array' ? ['text[]', `${qualified(next)}[]`] : ['text', qualified(next)];
  const using = `${postgresText.name(name)}::${text}::${to}`;
  return { ...typeChange(change, before, server), from: printType(type), to, using };
}

function inUse(table: Table, column: Column, gone: readonly string[]): readonly Precheck[] {
  return column.type.kind === 'array' ? [] : [rowsWithValue(postgresText, checkedTable(table), column.name, gone)];
}

function isOf(type: ColumnType, wanted: ObjectName): boolean {
  if (type.kind === 'array') return isOf(type.of, wanted);
  return type.kind === 'enum' && sameName(type, nameOf(wanted));
}

function unknownEnum(type: ObjectName): RowhouseError {
  const details = { name: displayName(type) };
  return new RowhouseError('CHANGE_INVALID', `${displayName(type)} is not in the catalog before the change`, {
    details,
  });
}
