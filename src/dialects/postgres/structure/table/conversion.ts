import { factText } from '../fact-text.ts';
import type { Fact } from '../../../../dialect/structure/fact.ts';
import { quoted } from '../names.ts';
import { placeOf } from '../relation.ts';

type Family = 'number' | 'text' | 'moment' | 'boolean' | 'json' | 'other';

/**
 * The expression that makes the values of a column into values of its next type; `undefined` where the server has an
 * assignment cast and needs none.
 */
export function conversionOf(from: Fact, to: Fact): string | undefined {
  const name = quoted(placeOf(to).name);
  const [before, after] = [factText(from.attributes['type']), factText(to.attributes['type'])];
  if (bare(before) === bare(after) && before.endsWith('[]') === after.endsWith('[]')) return undefined;
  if (before.endsWith('[]') || after.endsWith('[]')) return convertArray(name, before, after);
  const [source, target] = [familyOf(before), familyOf(after)];
  if (target === 'text') return undefined;
  if (source === target && source !== 'other') return undefined;
  if (source === 'number' && target === 'moment') return epoch(name, after);
  if (source === 'moment' && target === 'number') return `(extract(epoch from ${name}) * 1000)::${after}`;
  if (source === 'number' && target === 'boolean') return `${name} <> 0`;
  if (source === 'boolean' && target === 'number') return `${name}::integer::${after}`;
  if (source === 'text') return `${name}::${after}`;
  return `${name}::text::${after}`;
}

/** Numbers count milliseconds since 1970. */
function epoch(name: string, after: string): string {
  const moment = `to_timestamp(${name} / 1000.0)`;
  return bare(after) === 'timestamp with time zone' ? moment : `(${moment} at time zone 'UTC')::${after}`;
}

function convertArray(name: string, before: string, after: string): string {
  if (before.endsWith('[]') && after.endsWith('[]')) {
    return familyOf(before) === familyOf(after) && familyOf(after) !== 'other'
      ? `${name}::${after}`
      : `${name}::text[]::${after}`;
  }
  if (before.endsWith('[]')) return familyOf(after) === 'text' ? `${name}::${after}` : `${name}[1]::text::${after}`;
  return familyOf(before) === 'json' ? `${name}::text::${after}` : `array[${name}]::text[]::${after}`;
}

function familyOf(type: string): Family {
  const name = bare(type);
  if (/^(?:smallint|integer|bigint|numeric|real|double precision)$/.test(name)) return 'number';
  if (/^(?:text|character varying|character|"char"|name)$/.test(name)) return 'text';
  if (/^(?:date|timestamp with(?:out)? time zone)$/.test(name)) return 'moment';
  if (name === 'boolean') return 'boolean';
  return /^jsonb?$/.test(name) ? 'json' : 'other';
}

/** A type without its length and without the brackets of an array. */
function bare(type: string): string {
  return type.replace(/\([^)]*\)/, '').replace(/(?:\[\])+$/, '');
}
