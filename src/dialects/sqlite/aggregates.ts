import type { AggregateRules } from '../../dialect/aggregate-rules.ts';
import { isDecimalText } from './types/declared-type.ts';

/** The engine's own `sum` overflows at 64 bits and reads decimals as floats; ours come from `src/driver/sqlite-aggregates.ts`. */
export const sqliteAggregates: AggregateRules = {
  exactSum: (column) => `rowhouse_sum(${column})`,
  floatSum: (column) => `sum(${column})`,
  average: (column) => `avg(cast(${column} as real))`,
  extreme: (which, column, type) => `${isDecimalText(type) ? 'rowhouse_' : ''}${which}(${column})`,
  exactKey: (sum) => `rowhouse_decimal(${sum})`,
  exactParameter: (placeholder) => `rowhouse_decimal(${placeholder})`,
};
