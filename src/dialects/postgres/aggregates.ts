import type { AggregateRules } from '../../dialect/aggregate-rules.ts';

/** Sums of whole numbers grow into `bigint` and `numeric`, so nothing overflows. */
export const postgresAggregates: AggregateRules = {
  exactSum: (column) => `sum(${column})`,
  floatSum: (column) => `sum(${column}::double precision)`,
  average: (column) => `avg(${column}::double precision)`,
  extreme: (which, column) => `${which}(${column})`,
  exactKey: (sum) => sum,
  exactParameter: (placeholder) => `${placeholder}::numeric`,
};
