/** The longest line that is still a label and not a listing. */
const mostCharacters = 100;

/** The first line of a statement that says something, to name it by. */
export function firstLine(sql: string): string {
  const [line = ''] = sql
    .split('\n')
    .map((text) => text.trim())
    .filter((text) => text !== '' && !text.startsWith('--'));
  return line.length > mostCharacters ? `${line.slice(0, mostCharacters - 1)}…` : line;
}
