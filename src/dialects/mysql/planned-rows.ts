import type { PlannedRows } from '../../dialect/planned-rows.ts';

/** The first line of the tree is the whole select: `-> Filter: (…)  (cost=302 rows=300)`. */
export const mysqlPlannedRows: PlannedRows = {
  ask: (select) => `explain format=tree ${select}`,
  read({ rows }) {
    const [whole = ''] = String(rows[0]?.[0]).split('\n', 1);
    const said = /\(cost=\S+ rows=([\d.e+-]+)\)$/.exec(whole.trim())?.[1];
    return said === undefined ? undefined : Math.round(Number(said));
  },
};
