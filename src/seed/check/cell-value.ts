import type { ColumnType } from '../../catalog/model/column-type.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { SourceValue } from '../source/seed-source.ts';
import { fromJson } from '../value/from-json.ts';
import { fromText } from '../value/from-text.ts';

/** The value that a cell gives a column of this type. */
export function cellValue(value: SourceValue, type: ColumnType): unknown {
  switch (value.kind) {
    case 'json':
      return fromJson(value.node, type);
    case 'text':
      return fromText(value.text, type);
    case 'null':
      return null;
    case 'value':
      return value.value;
    case 'reference':
      throw new RowhouseError('VALUE_INVALID', 'a reference cannot stand inside a reference');
  }
}
