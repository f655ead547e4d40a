/** Longest list or object that stays on one line. */
const lineLength = 100;

/** A JSON value as TypeScript source: short ones on a line, property names bare where they can be. */
export function renderValue(value: unknown, indent = ''): string {
  if (typeof value === 'string') return renderText(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const inner = `${indent}  `;
  const members = Array.isArray(value)
    ? value.map((item: unknown) => renderValue(item, inner))
    : Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .map(([key, member]: [string, unknown]) => `${renderKey(key)}: ${renderValue(member, inner)}`);
  return Array.isArray(value) ? renderList(members, indent) : renderObject(members, indent);
}

export function renderList(members: readonly string[], indent = ''): string {
  return enclose('[', members, ']', indent);
}

export function renderObject(members: readonly string[], indent = ''): string {
  return members.length === 0 ? '{}' : enclose('{ ', members, ' }', indent);
}

/** A string in single quotes, or in backquotes where it has several lines. */
export function renderText(text: string): string {
  if (/\n/.test(text) && !/[\r\u2028\u2029]/.test(text)) return `\`${templateText(text)}\``;
  return `'${JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"')
    .replaceAll("'", String.raw`\'`)}'`;
}

/** Text between backquotes that reads as itself. */
export function templateText(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${').replaceAll('\r', '\\r');
}

/** A property's name, bare where it can be. */
export function renderKey(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : renderText(key);
}

function enclose(open: string, members: readonly string[], close: string, indent: string): string {
  const line = open + members.join(', ') + close;
  if (!line.includes('\n') && indent.length + line.length <= lineLength) return line;
  return `${open.trim()}\n${members.map((member) => `${indent}  ${member},\n`).join('')}${indent}${close.trim()}`;
}
