import type { PlannedRows } from '../../dialect/planned-rows.ts';

interface Explained {
  readonly Plan?: { readonly 'Plan Rows'?: number };
}

/** The planner sees the values: its number is of this filter, by the statistics of the last `analyze`. */
export const postgresPlannedRows: PlannedRows = {
  ask: (select) => `explain (format json) ${select}`,
  read({ rows }) {
    const [explained]: readonly Explained[] = JSON.parse(String(rows[0]?.[0]));
    return explained?.Plan?.['Plan Rows'];
  },
};
