import type { PlannedRows } from '../../dialect/planned-rows.ts';

/**
 * A line for each table: the rows that are read of it for each row of the tables before, and the percentage that stays.
 * What stays is guessed from indexes, and from histograms where `analyze table … persistent for all` made some.
 */
export const mariadbPlannedRows: PlannedRows = {
  ask: (select) => `explain extended ${select}`,
  read({ rows, fields }) {
    const [id, read, stays] = ['id', 'rows', 'filtered'].map((name) => fields.indexOf(name));
    const outermost = rows.filter((line) => String(line[id ?? -1]) === '1');
    // A line without a number is that of a filter which finds nothing.
    const expected = outermost.map((line) => (Number(line[read ?? -1]) * Number(line[stays ?? -1])) / 100);
    return Math.round(expected.reduce((product, one) => product * one, 1));
  },
};
