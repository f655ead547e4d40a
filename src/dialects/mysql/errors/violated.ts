/** What a constraint violation is about: names only. */
export interface Violated {
  readonly constraint?: string;
  readonly table?: string;
  readonly columns?: readonly string[];
}

/** The names in the server's message. Values stand in it too; only what follows the server's fixed words is taken. */
export function violatedBy(errno: number, message: string): Violated {
  switch (errno) {
    case 1022:
    case 1062:
    case 1586:
      return duplicateKey(message);
    case 1451:
    case 1452:
      return foreignKey(message);
    case 3819:
      return named(/^Check constraint '(.*)' is violated\.?$/s.exec(message)?.[1]);
    case 4025:
      return failedCheck(message);
    case 1048:
    case 1364:
    case 1264:
    case 1265:
    case 1366:
    case 1406:
      return column(message);
  }
  return {};
}

/** The key is the last quoted name: what stands before it is the value, whatever that contains. */
function duplicateKey(message: string): Violated {
  const key = /key '([^']*)'$/.exec(message)?.[1];
  const dot = key?.indexOf('.') ?? -1;
  if (key === undefined || dot === -1) return named(key);
  return { constraint: key.slice(dot + 1), table: key.slice(0, dot) };
}

function foreignKey(message: string): Violated {
  const match = /\(`(?:[^`]|``)*`\.`((?:[^`]|``)*)`, CONSTRAINT `((?:[^`]|``)*)` FOREIGN KEY \(([^)]*)\)/.exec(message);
  if (match === null) return {};
  const [, table = '', constraint = '', columns = ''] = match;
  return {
    constraint: plain(constraint),
    table: plain(table),
    columns: columns.split(', ').map((name) => plain(name.slice(1, -1))),
  };
}

function failedCheck(message: string): Violated {
  const match = /^CONSTRAINT `((?:[^`]|``)*)` failed for `(?:[^`]|``)*`\.`((?:[^`]|``)*)`$/.exec(message);
  return match === null ? {} : { constraint: plain(match[1] ?? ''), table: plain(match[2] ?? '') };
}

function column(message: string): Violated {
  const name =
    /^(?:Column|Field) '([^']*)' (?:cannot be null|doesn't have a default value)/.exec(message)?.[1] ??
    /for column (?:`(?:[^`]|``)*`\.`(?:[^`]|``)*`\.`([^`]*)`|'([^']*)') at row \d+$/
      .exec(message)
      ?.slice(1)
      .find(Boolean);
  return name === undefined ? {} : { columns: [name] };
}

function named(constraint: string | undefined): Violated {
  return constraint === undefined ? {} : { constraint };
}

function plain(quoted: string): string {
  return quoted.replaceAll('``', '`');
}
