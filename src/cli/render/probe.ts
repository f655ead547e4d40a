import { isHole, type ProbeCell, type ProbeReport, type ProbeState } from '../../tenancy/probe/probe-report.ts';
import { counted } from './counted.ts';
import { wrap } from './help.ts';
import { renderTable } from './table.ts';

const signs: Readonly<Record<ProbeState, string>> = {
  refused: 'refused',
  reached: 'REACHED',
  unfenced: 'MISSING',
  failed: 'FAILED',
  absent: '–',
};

/** The matrix of a probe: what was tried × the tables it was tried on; then what was not refused, what went alike together. */
export function renderProbe(report: ProbeReport, width: number): readonly string[] {
  const { tables, actions, cells } = report;
  if (tables.length === 0) return ['no table has tenants: there is nothing to probe'];
  const signOf = (action: string, table: string): string => {
    const cell = cells.find((one) => one.action === action && one.table === table);
    return cell === undefined ? '' : signs[cell.state];
  };
  const rows = actions.map((action) => [action, ...tables.map((table) => signOf(action, table))]);
  const holes = Map.groupBy(cells.filter(isHole), ({ table, state, detail }) => [table, state, detail].join('\0'));
  const sentences = holes.size === 0 ? [summary(report)] : [...holes.values()].map(hole);
  return [renderTable(['', ...tables], rows, width), '', ...sentences];
}

function summary({ cells, tables }: ProbeReport): string {
  const refused = cells.filter(({ state }) => state === 'refused').length;
  return `all ${refused} attempts on ${counted(tables.length, 'table')} were refused`;
}

/** Cells of one table that ended alike, as a sentence. */
function hole(alike: readonly ProbeCell[]): string {
  const [{ table, state, detail = '' }] = alike as readonly [ProbeCell];
  const actions = alike.map(({ action }) => action).join(', ');
  return wrap(`${table}: ${outcomeOf(state, actions, alike.length)} (${detail})`, 0);
}

function outcomeOf(state: ProbeState, actions: string, attempts: number): string {
  if (state === 'unfenced') return 'a hole, the database lacks its fence';
  if (state === 'reached') return `${actions} reached the row of another tenant`;
  return `${actions} ${attempts === 1 ? 'proves nothing' : 'prove nothing'}`;
}
