import type { Comparison, Sign, Wish } from './random-filter.ts';
import { columns, type Column } from './samples.ts';

/** What the SQL of these checks is spelled like on one engine. Values stand in it as literals. */
interface Spelling {
  quote(name: string): string;
  literal(column: Column, value: unknown): string;
  text(value: string): string;
  /** What a column is compared and sorted by. */
  key(column: Column): string;
  length(text: string): string;
  /** `pattern` as `like` knows it, with `!` before signs that mean themselves. */
  like(column: string, signs: readonly Sign[]): string;
  position(part: string, text: string): string;
}

const signs: Readonly<Record<Comparison, string>> = { eq: '=', ne: '<>', gt: '>', gte: '>=', lt: '<', lte: '<=' };

/** A condition that is 1 or 0 and never null. */
export function expectedCondition(wish: Wish, engine: string): string {
  const spelling = spellings[engine]!;
  const inner = (part: Wish): string => expectedCondition(part, engine);
  switch (wish.is) {
    case 'all':
      return truth(['1 = 1', ...wish.parts.map((part) => `${inner(part)} = 1`)].join(' and '));
    case 'any':
      return truth(['1 = 0', ...wish.parts.map((part) => `${inner(part)} = 1`)].join(' or '));
    case 'not':
      return `(1 - ${inner(wish.part)})`;
    case 'null':
      return truth(`${spelling.quote(wish.column.name)} is ${wish.wanted ? '' : 'not '}null`);
    case 'list': {
      const same = wish.values.map((value) => `${spelling.key(wish.column)} = ${spelling.literal(wish.column, value)}`);
      const found = truth(['1 = 0', ...same].join(' or '));
      return wish.negated ? `(1 - ${found})` : found;
    }
    case 'compare': {
      const { column, operator, value } = wish;
      if (operator === 'ne') return `(1 - ${truth(`${spelling.key(column)} = ${spelling.literal(column, value)}`)})`;
      return truth(`${spelling.key(column)} ${signs[operator]} ${spelling.literal(column, value)}`);
    }
    case 'part':
      return truth(partCondition(spelling.quote(wish.column.name), wish.where, wish.text, spelling));
    case 'like': {
      const column = spelling.quote(wish.column.name);
      if (!wish.ignoreCase) return truth(spelling.like(column, wish.signs));
      return truth(spelling.like(lowered(column), wish.signs.map(loweredSign)));
    }
  }
}

/** The order with null last going up and first going down, and the key at its end. */
export function expectedOrder(order: readonly string[], engine: string): string {
  const spelling = spellings[engine]!;
  return [...order, 'id']
    .map((term) => {
      const direction = term.startsWith('-') ? 'desc' : 'asc';
      const name = term.replace(/^-/, '');
      const column = columns.find((one) => one.name === name);
      if (column === undefined) return `${spelling.quote(name)} ${direction}`;
      const isNull = `case when ${spelling.quote(name)} is null then 1 else 0 end`;
      return `${isNull} ${direction}, ${spelling.key(column)} ${direction}`;
    })
    .join(', ');
}

function truth(condition: string): string {
  return `(case when ${condition} then 1 else 0 end)`;
}

function partCondition(column: string, where: string, text: string, spelling: Spelling): string {
  const [part, length] = [spelling.text(text), Array.from(text).length];
  if (where === 'contains') return `${spelling.position(part, column)} > 0`;
  if (where === 'startsWith') return `substr(${column}, 1, ${length}) = ${part}`;
  const start = `${spelling.length(column)} - ${length} + 1`;
  return `${spelling.length(column)} >= ${length} and substr(${column}, ${start}) = ${part}`;
}

/** The engines fold different letters; those of the samples are folded here. */
function lowered(column: string): string {
  return `replace(replace(lower(${column}), 'É', 'é'), 'Ü', 'ü')`;
}

function loweredSign(sign: Sign): Sign {
  return 'any' in sign ? sign : { itself: sign.itself.toLowerCase() };
}

function likePattern(pattern: readonly Sign[]): string {
  return pattern
    .map((sign) => {
      if ('any' in sign) return sign.any === 'text' ? '%' : '_';
      return ['%', '_', '!'].includes(sign.itself) ? `!${sign.itself}` : sign.itself;
    })
    .join('');
}

function globPattern(pattern: readonly Sign[]): string {
  return pattern
    .map((sign) => {
      if ('any' in sign) return sign.any === 'text' ? '*' : '?';
      return ['*', '?', '['].includes(sign.itself) ? `[${sign.itself}]` : sign.itself;
    })
    .join('');
}

function quoted(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** `2026-01-02T03:04:05.123456`, in UTC. */
function clockOf(value: unknown): string {
  return (value instanceof Date ? value.toISOString() : String(value)).replace('Z', '');
}

const postgresql: Spelling = {
  quote: (name) => `"${name}"`,
  text: quoted,
  key: ({ name, kind }) => (kind === 'word' ? `"${name}"::text` : `"${name}"`),
  literal({ kind }, value) {
    const casts = {
      float: 'double precision',
      day: 'date',
      moment: 'timestamptz',
      uuid: 'uuid',
      flag: 'boolean',
      exact: 'numeric',
      decimal: 'numeric',
      whole: 'numeric',
      text: 'text',
      word: 'text',
    };
    return `${quoted(kind === 'moment' ? `${clockOf(value)}Z` : String(value))}::${casts[kind]}`;
  },
  length: (text) => `length(${text})`,
  like: (column, pattern) => `${column} like ${quoted(likePattern(pattern))} escape '!'`,
  position: (part, text) => `position(${part} in ${text})`,
};

const mysql: Spelling = {
  quote: (name) => `\`${name}\``,
  text: (value) => quoted(value.replaceAll('\\', '\\\\')),
  key: ({ name }) => `\`${name}\``,
  literal({ kind }, value) {
    if (kind === 'moment') return `timestamp '${clockOf(value).replace('T', ' ')}'`;
    if (kind === 'day') return `date '${String(value)}'`;
    if (kind === 'float') return `${Number(value).toExponential()}`;
    return kind === 'text' || kind === 'word' || kind === 'uuid' ? mysql.text(String(value)) : String(value);
  },
  length: (text) => `char_length(${text})`,
  like: (column, pattern) => `${column} like ${mysql.text(likePattern(pattern))} escape '!'`,
  position: (part, text) => `locate(${part}, ${text})`,
};

const exactValues = columns.find(({ kind }) => kind === 'exact')!.values;

const sqlite: Spelling = {
  quote: (name) => `"${name}"`,
  text: quoted,
  key({ name, kind }) {
    if (kind === 'moment') return `replace(replace("${name}", ' ', 'T'), 'Z', '')`;
    if (kind !== 'exact') return `"${name}"`;
    // Kept as text; the samples are in the order of the numbers.
    return `case "${name}" ${exactValues.map((value, at) => `when '${String(value)}' then ${at}`).join(' ')} end`;
  },
  literal({ kind }, value) {
    if (kind === 'exact') return String(exactValues.indexOf(value));
    if (kind === 'moment') return quoted(clockOf(value));
    if (kind === 'flag') return value === true ? '1' : '0';
    return kind === 'text' || kind === 'word' || kind === 'uuid' || kind === 'day'
      ? quoted(String(value))
      : String(value);
  },
  length: (text) => `length(${text})`,
  like: (column, pattern) => `${column} glob ${quoted(globPattern(pattern))}`,
  position: (part, text) => `instr(${text}, ${part})`,
};

const spellings: Readonly<Record<string, Spelling>> = { postgresql, mysql, mariadb: mysql, sqlite };
