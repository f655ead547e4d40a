/** The JSON pointer to a member of a document, as a URI fragment: `#/address/street`. */
export function jsonPointer(path: readonly string[]): string {
  return `#${path.map((part) => `/${encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('')}`;
}
