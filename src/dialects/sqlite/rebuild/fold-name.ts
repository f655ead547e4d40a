/** The name as SQLite compares it: only the letters of ASCII lose their case. */
export function foldName(name: string): string {
  return name.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
