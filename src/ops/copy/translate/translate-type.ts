import type { ColumnType } from '../../../catalog/model/column-type.ts';
import type { TypeSystem } from '../../../dialect/type-system.ts';

/** The type itself or the nearest that holds all of its values there; undefined when none does. */
export function translateType(type: ColumnType, target: TypeSystem, sameEngine: boolean): ColumnType | undefined {
  const candidates = type.kind === 'native' && !sameEngine ? wider(type) : [type, ...wider(type)];
  return candidates.find((candidate) => target.unsupported(candidate) === undefined);
}

/** Types whose values look the same in TypeScript and that hold every value of this one, nearest first. */
function wider(type: ColumnType): readonly ColumnType[] {
  switch (type.kind) {
    case 'decimal':
      return [{ kind: 'decimal' }, { kind: 'decimal', precision: 65, scale: 30 }, { kind: 'text' }];
    case 'char':
      return [{ kind: 'varchar', length: type.length }, { kind: 'text' }];
    case 'varchar':
    case 'native':
    case 'interval':
    case 'uuid':
      return [{ kind: 'text' }];
    case 'array':
      return isJsonValue(type.of) ? [{ kind: 'json' }] : [];
    case 'vector':
      return [{ kind: 'json' }];
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'real':
    case 'double':
    case 'boolean':
    case 'text':
    case 'bytes':
    case 'date':
    case 'time':
    case 'timestamp':
    case 'timestamptz':
    case 'json':
    case 'enum':
      return [];
  }
}

/** Does JSON carry the values of this type unchanged? */
function isJsonValue(type: ColumnType): boolean {
  switch (type.kind) {
    case 'bigint':
    case 'bytes':
    case 'json':
    case 'array':
    case 'vector':
      return false;
    case 'timestamptz':
      return type.precision > 3;
    case 'smallint':
    case 'integer':
    case 'decimal':
    case 'real':
    case 'double':
    case 'boolean':
    case 'text':
    case 'varchar':
    case 'char':
    case 'uuid':
    case 'date':
    case 'time':
    case 'timestamp':
    case 'interval':
    case 'enum':
    case 'native':
      return true;
  }
}
