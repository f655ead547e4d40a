/**
 * What became of one attempt of one tenant on the row of another: `refused` is right; `reached` is a hole, and so is
 * `unfenced`, a fence that the database lacks; `failed` is an error that proves neither; `absent`: the table has no such thing.
 */
export type ProbeState = 'refused' | 'reached' | 'unfenced' | 'failed' | 'absent';

export interface ProbeCell {
  /** A verb, a route, or SQL written by hand. */
  readonly action: string;
  readonly table: string;
  readonly state: ProbeState;
  /** The error's code, what was reached, or what is missing. */
  readonly detail?: string;
}

export interface ProbeReport {
  readonly tables: readonly string[];
  readonly actions: readonly string[];
  readonly cells: readonly ProbeCell[];
  /** No cell was reached, unfenced or failed, and some were refused. */
  readonly ok: boolean;
}

export function probeReport(cells: readonly ProbeCell[]): ProbeReport {
  return {
    tables: [...new Set(cells.map(({ table }) => table))],
    actions: [...new Set(cells.filter(({ state }) => state !== 'absent').map(({ action }) => action))],
    cells,
    ok: cells.some(({ state }) => state === 'refused') && !cells.some(isHole),
  };
}

/** A cell that lets a probe fail. */
export function isHole({ state }: ProbeCell): boolean {
  return state === 'reached' || state === 'unfenced' || state === 'failed';
}
