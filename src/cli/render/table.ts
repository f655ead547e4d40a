/** Rows in columns, two blanks apart; a cell that would pass the width is cut with an ellipsis in the widest column. */
export function renderTable(header: readonly string[], rows: readonly (readonly string[])[], width = 80): string {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  const excess = widths.reduce((sum, each) => sum + each + 2, -2) - width;
  if (excess > 0) {
    const widest = widths.indexOf(Math.max(...widths));
    widths[widest] = Math.max(8, (widths[widest] ?? 0) - excess);
  }
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cut(cell, widths[column] ?? 0).padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(header), widths.map((each) => '─'.repeat(each)).join('  '), ...rows.map(line)].join('\n');
}

function cut(cell: string, width: number): string {
  return cell.length <= width ? cell : `${cell.slice(0, width - 1)}…`;
}
