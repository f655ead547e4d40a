/** The JSON pointer to a member of the body, as a URI fragment: `#/address`. */
export function pointerTo(key: string): string {
  return `#/${encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))}`;
}
