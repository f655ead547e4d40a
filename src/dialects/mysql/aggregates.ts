import type { AggregateRules } from '../../dialect/aggregate-rules.ts';

/** Sums of whole numbers and decimals are decimals of up to 65 digits. A mean of decimals would be cut to four more digits. */
export const mysqlAggregates: AggregateRules = {
  exactSum: (column) => `sum(${column})`,
  floatSum: (column) => `sum(${column})`,
  average: (column) => `avg(${column} + 0e0)`,
  extreme: (which, column) => `${which}(${column})`,
  exactKey: (sum) => sum,
  // Text would be compared with a decimal as a float.
  exactParameter: (placeholder) => `cast(${placeholder} as decimal(65, 30))`,
};
