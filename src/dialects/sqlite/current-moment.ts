import type { ColumnType } from '../../catalog/model/column-type.ts';

/** SQL of the current moment in UTC, in the spelling in which a column of this type is stored; undefined for other types. */
export function currentMoment(type: ColumnType): string | undefined {
  switch (type.kind) {
    case 'date':
      return 'current_date';
    case 'time':
      return type.precision === 0 ? 'current_time' : clock('', type.precision, '');
    case 'timestamp':
      return type.precision === 0 ? 'current_timestamp' : clock('%Y-%m-%d ', type.precision, '');
    case 'timestamptz':
      return clock('%Y-%m-%dT', type.precision, 'Z');
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'decimal':
    case 'real':
    case 'double':
    case 'boolean':
    case 'text':
    case 'varchar':
    case 'char':
    case 'bytes':
    case 'uuid':
    case 'interval':
    case 'json':
    case 'enum':
    case 'array':
    case 'vector':
    case 'native':
      return undefined;
  }
}

/** SQLite's clock has milliseconds: `%f` prints three digits of a second. Fewer are cut off, more are zeros. */
function clock(day: string, precision: number, zone: string): string {
  if (precision === 0) return `strftime('${day}%H:%M:%S${zone}', 'now')`;
  if (precision >= 3) return `strftime('${day}%H:%M:%f${'0'.repeat(precision - 3)}${zone}', 'now')`;
  const length = (day === '' ? 9 : 20) + precision;
  const cut = `substr(strftime('${day}%H:%M:%f', 'now'), 1, ${length})`;
  return zone === '' ? cut : `${cut} || '${zone}'`;
}
