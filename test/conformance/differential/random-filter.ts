import { pick, type Random } from './random.ts';
import { columns, type Column } from './samples.ts';

/** A condition as people say it, from which both the filter and the SQL are written. */
export type Wish =
  | { readonly is: 'all' | 'any'; readonly parts: readonly Wish[] }
  | { readonly is: 'not'; readonly part: Wish }
  | { readonly is: 'null'; readonly column: Column; readonly wanted: boolean }
  | { readonly is: 'list'; readonly column: Column; readonly negated: boolean; readonly values: readonly unknown[] }
  | { readonly is: 'compare'; readonly column: Column; readonly operator: Comparison; readonly value: unknown }
  | { readonly is: 'part'; readonly column: Column; readonly where: Part; readonly text: string }
  | { readonly is: 'like'; readonly column: Column; readonly ignoreCase: boolean; readonly signs: readonly Sign[] };

export type Comparison = 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte';
export type Part = 'contains' | 'startsWith' | 'endsWith';
/** A sign of a pattern: any text, any one sign, or itself. */
export type Sign = { readonly any: 'text' | 'sign' } | { readonly itself: string };

const unsorted: readonly string[] = ['flag', 'word', 'uuid'];

export function randomWish(random: Random, depth: number): Wish {
  if (depth > 0 && random(2) === 0) {
    const shape = pick(['all', 'any', 'not'] as const, random);
    if (shape === 'not') return { is: 'not', part: randomWish(random, depth - 1) };
    return { is: shape, parts: Array.from({ length: random(4) }, () => randomWish(random, depth - 1)) };
  }
  const column = pick(columns, random);
  const kinds = [
    'compare',
    'compare',
    'list',
    ...(column.nullable ? ['null'] : []),
    ...(column.kind === 'text' ? ['part', 'like'] : []),
  ];
  const value = (): unknown => pick(column.values, random);
  switch (pick(kinds, random)) {
    case 'null':
      return { is: 'null', column, wanted: random(2) === 0 };
    case 'list':
      return { is: 'list', column, negated: random(2) === 0, values: Array.from({ length: random(4) }, value) };
    case 'part':
      return {
        is: 'part',
        column,
        where: pick(['contains', 'startsWith', 'endsWith'] as const, random),
        text: partOf(String(value()), random),
      };
    case 'like':
      return { is: 'like', column, ignoreCase: random(2) === 0, signs: signsOf(String(value()), random) };
    default: {
      const operators = unsorted.includes(column.kind)
        ? (['eq', 'ne'] as const)
        : (['eq', 'ne', 'gt', 'gte', 'lt', 'lte'] as const);
      return { is: 'compare', column, operator: pick(operators, random), value: value() };
    }
  }
}

function partOf(text: string, random: Random): string {
  const signs = Array.from(text);
  const start = random(signs.length + 1);
  return signs.slice(start, start + random(3)).join('');
}

function signsOf(text: string, random: Random): readonly Sign[] {
  const signs = Array.from(text, (itself): Sign => (random(4) === 0 ? { any: 'sign' } : { itself }));
  if (random(2) === 0) signs.splice(random(signs.length + 1), random(2), { any: 'text' });
  return signs;
}

/** The wish as a filter of a repository. */
export function toWhere(wish: Wish): object {
  switch (wish.is) {
    case 'all':
      return { and: wish.parts.map(toWhere) };
    case 'any':
      return { or: wish.parts.map(toWhere) };
    case 'not':
      return { not: toWhere(wish.part) };
    case 'null':
      return { [wish.column.name]: wish.wanted ? null : { isNull: false } };
    case 'list':
      return { [wish.column.name]: { [wish.negated ? 'notIn' : 'in']: wish.values } };
    case 'compare':
      return { [wish.column.name]: wish.operator === 'eq' ? wish.value : { [wish.operator]: wish.value } };
    case 'part':
      return { [wish.column.name]: { [wish.where]: wish.text } };
    case 'like':
      return { [wish.column.name]: { [wish.ignoreCase ? 'ilike' : 'like']: wish.signs.map(patternSign).join('') } };
  }
}

function patternSign(sign: Sign): string {
  if ('any' in sign) return sign.any === 'text' ? '%' : '_';
  return ['%', '_', '\\'].includes(sign.itself) ? `\\${sign.itself}` : sign.itself;
}
