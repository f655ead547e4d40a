import type { Reported } from '../errors/reported.ts';
import type { Flavor } from '../flavor.ts';

/** One way of altering a table that a server can be asked to keep to. */
export interface Rung {
  /** `instant`: the catalog alone; `nocopy`: an index is built; `inplace`: a table may be built anew beside; `copy`: row by row. */
  readonly algorithm: 'instant' | 'nocopy' | 'inplace' | 'copy';
  /** Which others must wait meanwhile: nobody, those who write, all. */
  readonly lock: 'none' | 'shared' | 'exclusive';
  /** What is put behind the clauses of the statement. */
  readonly clause: string;
}

/** From the gentlest to the roughest; the first that the server agrees to is the one. */
export function rungs({ instantTakesLock, algorithms }: Flavor): readonly Rung[] {
  return algorithms.flatMap((algorithm): readonly Rung[] => {
    if (algorithm === 'instant' && !instantTakesLock) return [{ algorithm, lock: 'none', clause: 'algorithm=instant' }];
    return locks.map((lock) => ({ algorithm, lock, clause: `algorithm=${algorithm}, lock=${lock}` }));
  });
}

/** What a statement is held to that could not be tried: the server refuses it rather than do it in a rougher way. */
export function gentle(mustBeInstant: boolean): Rung {
  return mustBeInstant
    ? { algorithm: 'instant', lock: 'none', clause: 'algorithm=instant' }
    : { algorithm: 'inplace', lock: 'none', clause: 'algorithm=inplace, lock=none' };
}

/** Does the error say that the server alters the table, but not that way: no such algorithm or lock, or not with each other? */
export function isRefusal({ errno }: Pick<Reported, 'errno'>): boolean {
  return errno === 1221 || errno === 1845 || errno === 1846;
}

const locks = ['none', 'shared', 'exclusive'] as const;
