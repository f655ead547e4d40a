import { isHole, type ProbeCell, type ProbeReport, type ProbeState } from '../../tenancy/probe/probe-report.ts';
import { renderTable } from './table.ts';

const signs: Readonly<Record<ProbeState, string>> = {
  refused: 'refused',
  reached: 'REACHED',
  failed: 'FAILED',
  absent: '–',
};

/** The matrix of a probe: what was tried × the tables it was tried on; then each cell that was not refused. */
export function renderProbe(report: ProbeReport, width: number): readonly string[] {
  const { tables, actions, cells } = report;
  const signOf = (action: string, table: string): string => {
    const cell = cells.find((one) => one.action === action && one.table === table);
    return cell === undefined ? '' : signs[cell.state];
  };
  const rows = actions.map((action) => [action, ...tables.map((table) => signOf(action, table))]);
  const holes = cells.filter(isHole);
  return [renderTable(['', ...tables], rows, width), '', ...(holes.length === 0 ? [summary(report)] : holes.map(hole))];
}

function summary({ cells, tables }: ProbeReport): string {
  const refused = cells.filter(({ state }) => state === 'refused').length;
  if (tables.length === 0) return 'no table has tenants: there is nothing to probe';
  return `all ${refused} attempts on ${tables.length} tables were refused`;
}

function hole({ table, action, state, detail = '' }: ProbeCell): string {
  return state === 'reached'
    ? `${table}: ${action} reached the row of another tenant (${detail})`
    : `${table}: ${action} proves nothing (${detail})`;
}
