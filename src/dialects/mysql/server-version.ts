/** Is the version text of a server, e.g. `10.11.19-MariaDB…`, this release or a later one? */
export function isAtLeast(version: string, ...release: readonly number[]): boolean {
  const found = version.split(/[^0-9]+/).map(Number);
  const difference = release.map((part, place) => (found[place] ?? 0) - part).find((part) => part !== 0);
  return difference === undefined || difference > 0;
}
