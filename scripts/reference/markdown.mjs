/** The first line of every generated page. */
export const generated = '<!-- Written by scripts/reference.mjs: change the code, then run it. -->';

/** A table; what would end a cell is escaped. */
export function markdownTable(header, rows) {
  const line = (cells) => `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), `|${header.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

export function code(text) {
  return `\`${text}\``;
}
