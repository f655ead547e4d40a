import type { Column } from '../../catalog/model/column.ts';
import type { ColumnType } from '../../catalog/model/column-type.ts';

/** Are there values of the column as it was that the new type has no room for? Then only new code may write it. */
export function isNarrower(from: Column, to: Column): boolean {
  const [before, after] = [room(from.type), room(to.type)];
  if (before === undefined || after === undefined || before.of !== after.of) return false;
  return before.sizes.some((size, position) => size > (after.sizes[position] ?? Number.POSITIVE_INFINITY));
}

/** How much a type holds, in numbers that grow with it; types of the same sort can be compared. */
interface Room {
  readonly of: 'number' | 'text' | 'moment';
  readonly sizes: readonly number[];
}

const unbounded = Number.POSITIVE_INFINITY;

function room(type: ColumnType): Room | undefined {
  switch (type.kind) {
    case 'smallint':
      return { of: 'number', sizes: [5, 0] };
    case 'integer':
      return { of: 'number', sizes: [10, 0] };
    case 'bigint':
      return { of: 'number', sizes: [19, 0] };
    case 'decimal': {
      const { precision = unbounded, scale = precision === unbounded ? unbounded : 0 } = type;
      return { of: 'number', sizes: [precision === unbounded ? unbounded : precision - scale, scale] };
    }
    case 'real':
      return { of: 'number', sizes: [39, 7] };
    case 'double':
      return { of: 'number', sizes: [309, 15] };
    case 'text':
      return { of: 'text', sizes: [unbounded] };
    case 'varchar':
    case 'char':
      return { of: 'text', sizes: [type.length] };
    case 'timestamp':
    case 'timestamptz':
      return { of: 'moment', sizes: [type.precision] };
    case 'boolean':
    case 'bytes':
    case 'uuid':
    case 'date':
    case 'time':
    case 'interval':
    case 'json':
    case 'enum':
    case 'array':
    case 'vector':
    case 'native':
      return undefined;
  }
}
