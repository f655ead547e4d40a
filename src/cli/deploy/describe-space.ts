import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { SpaceNeeded } from '../../migration/run/space-needed.ts';

/** What is needed and what there is, in a line. Throws `DISK_FULL` where it may not fit, unless that is to be ignored. */
export function describeSpace(
  { atMostBytes, freeBytes }: SpaceNeeded,
  { ignoreSpace }: { readonly ignoreSpace: boolean },
): string {
  const needed = atMostBytes === 0 ? 'no table is written anew' : `at most ${inWords(atMostBytes)} is written anew`;
  if (freeBytes === undefined) return `${needed}; how much is free is not to be seen from here`;
  if (atMostBytes <= freeBytes || ignoreSpace) return `${needed}, ${inWords(freeBytes)} is free`;
  throw new RowhouseError('DISK_FULL', `${needed}, and only ${inWords(freeBytes)} is free`, {
    details: { atMostBytes, freeBytes },
    hint: 'nothing was changed; make room, or go on with --ignore-space where you know that it fits',
  });
}

const units = ['B', 'kB', 'MB', 'GB', 'TB'];

/** `12.3 MB`: three digits that count, by thousands. */
function inWords(bytes: number): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${Number((bytes / 1000 ** power).toPrecision(3))} ${units[power]}`;
}
