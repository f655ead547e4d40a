import type { ColumnType } from '../../../catalog/model/column-type.ts';
import { declaredType } from './declared-type.ts';

/**
 * The type that a declared type stands for: our own words, and those that others write. What is not known stays as it
 * is, a native type. `integer` is one of 32 bits here although SQLite would keep 64: reading one that is larger fails.
 */
export function readType(declared: string): ColumnType {
  const match = /^([a-z_0-9 ]*?) ?(?:\( ?([0-9]+) ?(?:, ?([0-9]+) ?)?\))?$/.exec(spaced(declared));
  if (match === null) return native(declared);
  const [, word = '', first, second] = match;
  return (
    typeOf(word, first === undefined ? undefined : Number(first), second === undefined ? undefined : Number(second)) ??
    native(declared)
  );
}

const wordTypes: ReadonlyMap<string, ColumnType> = new Map<string, ColumnType>(
  Object.entries({
    smallint: { kind: 'smallint' },
    tinyint: { kind: 'smallint' },
    int2: { kind: 'smallint' },
    integer: { kind: 'integer' },
    int: { kind: 'integer' },
    int4: { kind: 'integer' },
    mediumint: { kind: 'integer' },
    bigint: { kind: 'bigint' },
    int8: { kind: 'bigint' },
    float4: { kind: 'real' },
    real: { kind: 'double' },
    double: { kind: 'double' },
    'double precision': { kind: 'double' },
    float: { kind: 'double' },
    float8: { kind: 'double' },
    boolean: { kind: 'boolean' },
    bool: { kind: 'boolean' },
    text: { kind: 'text' },
    clob: { kind: 'text' },
    enum_text: { kind: 'text' },
    blob: { kind: 'bytes' },
    uuid: { kind: 'uuid' },
    uuid_text: { kind: 'uuid' },
    date: { kind: 'date' },
    date_text: { kind: 'date' },
    interval_text: { kind: 'interval' },
    json: { kind: 'json' },
    json_text: { kind: 'json' },
  } as const),
);

const clockWords: ReadonlyMap<string, 'time' | 'timestamp' | 'timestamptz'> = new Map([
  ['time', 'time'],
  ['time_text', 'time'],
  ['datetime', 'timestamp'],
  ['timestamp', 'timestamp'],
  ['timestamp_text', 'timestamp'],
  ['timestamptz_text', 'timestamptz'],
]);

const varcharWords: readonly string[] = ['varchar', 'nvarchar', 'character varying', 'varying character'];
const charWords: readonly string[] = ['char', 'nchar', 'character', 'native character'];
const decimalWords: readonly string[] = ['decimal', 'numeric', 'decimal_text'];
/** Types whose width in brackets says nothing about what they hold. */
const widthless = /^(?:[a-z0-9]*int[a-z0-9]*|float|double|real)$/;

function typeOf(word: string, first: number | undefined, second: number | undefined): ColumnType | undefined {
  if (varcharWords.includes(word)) return first === undefined ? { kind: 'text' } : { kind: 'varchar', length: first };
  if (charWords.includes(word)) return first === undefined ? { kind: 'text' } : { kind: 'char', length: first };
  if (decimalWords.includes(word)) {
    return first === undefined ? { kind: 'decimal' } : { kind: 'decimal', precision: first, scale: second ?? 0 };
  }
  if (second !== undefined) return undefined;
  const clock = clockWords.get(word);
  if (clock !== undefined) return (first ?? 0) > 6 ? undefined : { kind: clock, precision: first ?? 0 };
  return first === undefined || widthless.test(word) ? wordTypes.get(word) : undefined;
}

function spaced(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ').toLowerCase();
}

/** The spelling is kept but for its case, which SQLite itself does not keep for the words it knows. */
function native(declared: string): ColumnType {
  return { kind: 'native', type: spaced(declared) };
}

/** Is this one of the words that our own tables declare, so that a comment that says it is meant? */
export function isOurWord(declared: string): boolean {
  const type = readType(declared);
  return declared === 'enum_text' || (type.kind !== 'native' && declaredType(type) === declared);
}
