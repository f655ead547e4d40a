import { printedName, unquoted } from '../printed-name.ts';

/** What an error of `pg`, of Node's sockets or of its TLS says. */
export interface ErrorFields {
  /** SQLSTATE, or Node's code. */
  readonly code?: string;
  readonly message: string;
  readonly detail?: string;
  readonly schema?: string;
  readonly table?: string;
  readonly column?: string;
  readonly constraint?: string;
  readonly position?: string;
  /** The server's message names objects only: no values, no SQL text. */
  readonly namesOnly: boolean;
}

export function fieldsOf(error: unknown): ErrorFields {
  const source: object = typeof error === 'object' && error !== null ? error : {};
  const text = (name: string): string | undefined => {
    const value: unknown = Reflect.get(source, name);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const fields = Object.fromEntries(
    ['code', 'detail', 'schema', 'table', 'column', 'constraint', 'position'].flatMap((name) => {
      const value = text(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
  return { ...fields, message: text('message') ?? '', namesOnly: isNamesOnly(text('code')) };
}

/** Names of what was violated, for a program to act on; columns are the names in the detail, never the values. */
export function objectOf(fields: ErrorFields): Readonly<Record<string, unknown>> {
  const { schema, table, constraint, column } = fields;
  const columns = column === undefined ? keyColumns(fields.detail) : [column];
  return {
    ...(constraint === undefined ? {} : { constraint }),
    ...(table === undefined ? {} : { table }),
    ...(schema === undefined ? {} : { namespace: schema }),
    ...(columns === undefined ? {} : { columns }),
  };
}

/**
 * `Key (a, lower(b))=(…) already exists.`: the columns before the equals sign, in every language of the server. Undefined
 * where the key has an expression that says more than one column: the constraint's name still tells which one it was.
 */
function keyColumns(detail: string | undefined): readonly string[] | undefined {
  const start = detail?.indexOf('(') ?? -1;
  const end = detail?.indexOf(')=(') ?? -1;
  if (detail === undefined || start === -1 || end < start) return undefined;
  const columns = detail
    .slice(start + 1, end)
    .split(', ')
    .map(columnIn);
  return columns.every((column) => column !== undefined) ? columns : undefined;
}

const plainKey = new RegExp(`^(?:${printedName}|[^"()]+)$`);

/** Of a key that ignores case, as the server prints it: `lower(email)`, `lower((email)::text)`. */
const loweredKey = new RegExp(`^lower\\(\\(?(${printedName}|[^\\s"():]+)\\)?(?:::[\\w ]+)?\\)$`);

function columnIn(part: string): string | undefined {
  const name = plainKey.test(part) ? part : loweredKey.exec(part)?.[1];
  return name === undefined ? undefined : unquoted(name);
}

/** Mistakes in names and types, states of objects, missing features. A syntax error quotes the statement. */
function isNamesOnly(code: string | undefined): boolean {
  if (code?.length !== 5 || code === '42601') return false;
  return /^(?:42|25|55|0A|2B|3F)/.test(code);
}
