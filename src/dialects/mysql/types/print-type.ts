import { findEnum, type Catalog } from '../../../catalog/model/catalog.ts';
import type { ColumnType } from '../../../catalog/model/column-type.ts';
import { displayName } from '../../../catalog/model/object-name.ts';
import { RowhouseError } from '../../../errors/rowhouse-error.ts';
import type { Flavor } from '../flavor.ts';
import { mysqlText } from '../text.ts';

/** The column type as `create table` spells it. The values of an enum come from the catalog. */
export function printType(type: ColumnType, flavor: Flavor, catalog: Catalog): string {
  switch (type.kind) {
    case 'smallint':
    case 'bigint':
    case 'double':
    case 'date':
    case 'json':
      return type.kind;
    case 'integer':
      return 'int';
    case 'real':
      return 'float';
    case 'boolean':
      return 'tinyint(1)';
    case 'decimal':
      return `decimal(${type.precision ?? 65}, ${type.scale ?? 0})`;
    case 'text':
      return 'longtext';
    case 'bytes':
      return 'longblob';
    case 'varchar':
    case 'char':
      return `${type.kind}(${type.length})`;
    case 'uuid':
      return flavor.uuidType;
    case 'time':
      return `time(${type.precision})`;
    case 'timestamp':
    case 'timestamptz':
      return `datetime(${type.precision})`;
    case 'interval':
      return 'varchar(64) character set ascii collate ascii_bin';
    case 'enum':
      return enumType(type, catalog);
    case 'vector':
      return `vector(${type.dimensions})`;
    case 'native':
      return type.type;
    case 'array':
      throw new RowhouseError('CAPABILITY_MISSING', `${flavor.name} has no arrays`);
  }
}

function enumType(type: Extract<ColumnType, { kind: 'enum' }>, catalog: Catalog): string {
  const found = findEnum(catalog, type);
  if (found === undefined)
    throw new RowhouseError('CHANGE_INVALID', `there is no enum ${displayName(type)}`, {
      details: { name: type.name },
    });
  return `enum(${found.values.map((value) => mysqlText.literal(value)).join(', ')})`;
}
