import type { Catalog } from '../../catalog/model/catalog.ts';
import type { Column } from '../../catalog/model/column.ts';
import type { Check } from '../../catalog/model/constraint.ts';
import type { Expression } from '../../catalog/model/expression.ts';
import { columnValue } from './column-value.ts';

/** Words that pass checks of a form: an address, digits, a code, an empty list. */
const words = ['a', 'A', 'ab', '1', '12345', 'name@example.org', 'https://example.org/', '2020-01-01', '{}', '[]', ''];

/** Numbers at which checks begin to hold. */
const numbers = [0, 1, -1, 2, 5, 10, 50, 100, 1000, 2020];

/** Values that a check may let pass: what its constants say, then what checks of the usual kinds ask for. */
export function likelyValues(check: Check, column: Column, number: number, catalog: Catalog): readonly unknown[] {
  const constants = constantsIn(check.expression).flatMap(nearby);
  const said = constants.flatMap((text) => asType(text, column, number));
  const usual = [number, number + 1, number + 100].map((each) => columnValue(column.type, each, catalog));
  const others = [...words, ...numbers.map(String)].flatMap((text) => asType(text, column, number));
  // what the check itself says is worth most
  return [...said, ...said, ...usual, ...others].filter((value) => value !== undefined);
}

/** Does a check look at this column? A name may be a part of its own or inside a text. */
export function looksAt({ expression: { parts, variants = {} } }: Check, { name }: Column): boolean {
  return [...parts, ...Object.values(variants).flat()].some((part) => {
    switch (part.kind) {
      case 'name':
        return part.name === name;
      case 'text':
        return part.text.toLowerCase().includes(name.toLowerCase());
      case 'literal':
        return false;
    }
  });
}

/** The constants of an expression as text, on every engine that it is written for. */
function constantsIn({ parts, variants = {} }: Expression): readonly string[] {
  return [...parts, ...Object.values(variants).flat()].flatMap((part) => {
    switch (part.kind) {
      case 'literal':
        return [String(part.value)];
      case 'name':
        return [];
      case 'text':
        return [...part.text.matchAll(/'((?:[^']|'')*)'|(-?\d+(?:\.\d+)?)/g)].map(
          ([, quoted, plain = '']) => quoted?.replaceAll("''", "'") ?? plain,
        );
    }
  });
}

/** A bound may be in or out: one less and one more are worth trying. */
function nearby(text: string): readonly string[] {
  const number = Number(text);
  return text === '' || !Number.isInteger(number) ? [text] : [text, String(number + 1), String(number - 1)];
}

function asType(text: string, { type }: Column, number: number): readonly unknown[] {
  const value = Number(text);
  switch (type.kind) {
    case 'smallint':
    case 'integer':
      return Number.isInteger(value) ? [value] : [];
    case 'bigint':
      return /^-?\d+$/.test(text) ? [BigInt(text)] : [];
    case 'real':
    case 'double':
      return Number.isFinite(value) ? [value] : [];
    case 'decimal':
      return /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text) ? [text] : [];
    case 'text':
      return [text, `${text}${number}`];
    case 'varchar':
    case 'char':
      return [text, `${text}${number}`].filter(({ length }) => length <= type.length);
    case 'json':
      return text === '[]' ? [[]] : text === '{}' ? [{}] : [];
    case 'boolean':
    case 'bytes':
    case 'uuid':
    case 'date':
    case 'time':
    case 'timestamp':
    case 'timestamptz':
    case 'interval':
    case 'enum':
    case 'array':
    case 'vector':
    case 'native':
      return [];
  }
}
