/** Texts and quoted names, the beginning of an array in parentheses, and any other character one by one. */
const token = /\$(\w*)\$[\s\S]*?\$\1\$|'(?:[^']|'')*'|"(?:[^"]|"")+"|\(ARRAY\[|[\s\S]/g;

/**
 * SQL with its arrays spelled so that the server makes of them what it printed. `(ARRAY['a'::character varying])::text[]`,
 * which it prints for `in ('a')`, would cast each element; with the array's own type said first it casts the whole.
 */
export function steadyArrays(sql: string): string {
  if (!sql.includes('(ARRAY[')) return sql;
  const tokens = [...sql.matchAll(token)].map(([text]) => text);
  const types = new Map(tokens.flatMap((text, at) => (text === '(ARRAY[' ? typeAfter(tokens, at + 1) : [])));
  return tokens.map((text, at) => text + (types.get(at) ?? '')).join('');
}

/** Where the array ends that begins here, and the type to be said there; nothing where it is not cast or its elements differ. */
function typeAfter(tokens: readonly string[], start: number): readonly (readonly [number, string])[] {
  const end = endOf(tokens, start);
  if (tokens.slice(end + 1, end + 4).join('') !== ')::') return [];
  const types = new Set(elementsIn(tokens.slice(start, end)).map(typeOf));
  const [type] = types;
  return type === undefined || types.size > 1 ? [] : [[end, `::${type}[]`]];
}

/** The place of the bracket that closes what is open here. */
function endOf(tokens: readonly string[], start: number): number {
  let open = 1;
  return tokens.findIndex((text, at) => {
    if (at >= start) open += depthOf(text);
    return at >= start && open === 0;
  });
}

function elementsIn(tokens: readonly string[]): readonly string[] {
  const elements = [''];
  let open = 0;
  for (const text of tokens) {
    open += depthOf(text);
    if (text === ',' && open === 0) elements.push('');
    else elements.push((elements.pop() ?? '') + text);
  }
  return elements;
}

function depthOf(text: string): number {
  if (text === '(ARRAY[') return 2;
  return text === '(' || text === '[' ? 1 : text === ')' || text === ']' ? -1 : 0;
}

/** The type that an element is cast to as a whole, unless it has a length. */
function typeOf(element: string): string | undefined {
  return /^(?:'(?:[^']|'')*'|\(.*\)|\w+)::((?:[a-z_][\w ]*|"(?:[^"]|"")+")(?:\.(?:\w+|"(?:[^"]|"")+"))?)$/s.exec(
    element.trim(),
  )?.[1];
}
