import type { EnumType } from '../../catalog/model/enum-type.ts';
import type { Rename } from '../../catalog/diff/rename.ts';
import type { ObjectName } from '../../catalog/model/object-name.ts';
import type { JsonNull } from '../../util/json-null.ts';
import { renameFrom } from '../former-name.ts';
import { renameDefinition } from '../rename-definition.ts';
import { ColumnBuilder } from './column-builder.ts';

/** Any JSON document; the document `null` is `jsonNull`. */
export type JsonValue =
  | string
  | number
  | boolean
  | JsonNull
  | readonly JsonMember[]
  | { readonly [key: string]: JsonMember };
type JsonMember = string | number | boolean | null | readonly JsonMember[] | { readonly [key: string]: JsonMember };

/** A whole number from -32,768 to 32,767. */
export function smallint(): ColumnBuilder<number> {
  return new ColumnBuilder({ type: { kind: 'smallint' }, nullable: false });
}

/** A whole number of 32 bits. */
export function integer(): ColumnBuilder<number> {
  return new ColumnBuilder({ type: { kind: 'integer' }, nullable: false });
}

/** A whole number of 64 bits, as a JavaScript `bigint`. */
export function bigint(): ColumnBuilder<bigint> {
  return new ColumnBuilder({ type: { kind: 'bigint' }, nullable: false });
}

/** An exact decimal number, as a string: `decimal({ precision: 10, scale: 2 })` holds `'12345678.90'`. */
export function decimal(digits: { readonly precision?: number; readonly scale?: number } = {}): ColumnBuilder<string> {
  const { precision, scale = precision === undefined ? undefined : 0 } = digits;
  const type = {
    kind: 'decimal' as const,
    ...(precision === undefined ? {} : { precision }),
    ...(scale === undefined ? {} : { scale }),
  };
  return new ColumnBuilder({ type, nullable: false });
}

/** A floating-point number of 32 bits. */
export function real(): ColumnBuilder<number> {
  return new ColumnBuilder({ type: { kind: 'real' }, nullable: false });
}

/** A floating-point number of 64 bits: JavaScript's own. */
export function double(): ColumnBuilder<number> {
  return new ColumnBuilder({ type: { kind: 'double' }, nullable: false });
}

/** True or false. */
export function boolean(): ColumnBuilder<boolean> {
  return new ColumnBuilder({ type: { kind: 'boolean' }, nullable: false });
}

/** Text: unlimited, or `text({ max: 255 })` for at most that many characters. */
export function text(size: { readonly max?: number } = {}): ColumnBuilder<string> {
  const type = size.max === undefined ? { kind: 'text' as const } : { kind: 'varchar' as const, length: size.max };
  return new ColumnBuilder({ type, nullable: false });
}

/** Text of at most `length` characters. */
export function varchar(length: number): ColumnBuilder<string> {
  return text({ max: length });
}

/** Text of a fixed length, padded by the engine where it pads; trailing blanks are not part of the value. */
export function char(length: number): ColumnBuilder<string> {
  return new ColumnBuilder({ type: { kind: 'char', length }, nullable: false });
}

/** Bytes of any length, as a `Uint8Array`. */
export function bytes(): ColumnBuilder<Uint8Array> {
  return new ColumnBuilder({ type: { kind: 'bytes' }, nullable: false });
}

/** A UUID, as lower-case text with hyphens. */
export function uuid(): ColumnBuilder<string> {
  return new ColumnBuilder({ type: { kind: 'uuid' }, nullable: false });
}

/** A calendar date, `'2026-11-21'`. */
export function date(): ColumnBuilder<string> {
  return new ColumnBuilder({ type: { kind: 'date' }, nullable: false });
}

/** A time of day, `'13:45:00'`; `precision` is the digits of a second, 0 to 6. */
export function time(options: { readonly precision?: number } = {}): ColumnBuilder<string> {
  return new ColumnBuilder({ type: { kind: 'time', precision: options.precision ?? 0 }, nullable: false });
}

/** A wall clock without zone, `'2026-11-21T13:45:00'`; `precision` is the digits of a second, 0 to 6. */
export function timestamp(options: { readonly precision?: number } = {}): ColumnBuilder<string> {
  return new ColumnBuilder({ type: { kind: 'timestamp', precision: options.precision ?? 0 }, nullable: false });
}

/**
 * A moment: a `Date` with up to 3 digits of a second (the default), or with more an exact UTC string,
 * `'2026-11-21T13:45:00.123456Z'`.
 */
export function timestamptz(): ColumnBuilder<Date>;
export function timestamptz(options: { readonly precision: 0 | 1 | 2 | 3 }): ColumnBuilder<Date>;
export function timestamptz(options: { readonly precision: 4 | 5 | 6 }): ColumnBuilder<string>;
export function timestamptz(options: { readonly precision: number } = { precision: 3 }): ColumnBuilder<never> {
  return new ColumnBuilder({ type: { kind: 'timestamptz', precision: options.precision }, nullable: false });
}

/** A length of time in ISO 8601: `'P1DT2H30M'`. */
export function interval(): ColumnBuilder<string> {
  return new ColumnBuilder({ type: { kind: 'interval' }, nullable: false });
}

/** A JSON document. `json().as<Address>()` says what is in it. */
export function json(): ColumnBuilder<JsonValue> {
  return new ColumnBuilder({ type: { kind: 'json' }, nullable: false });
}

/** A list of values of one type, where the engine has arrays. */
export function array<Value>(of: ColumnBuilder<Value>): ColumnBuilder<readonly Value[]> {
  return new ColumnBuilder({ ...of.definition, type: { kind: 'array', of: of.definition.type }, nullable: false });
}

/** So many 32-bit floats, where the engine has vectors. */
export function vector(dimensions: number): ColumnBuilder<readonly number[]> {
  return new ColumnBuilder({ type: { kind: 'vector', dimensions }, nullable: false });
}

/** A type of the engine's own, by its name there: `native('inet')`. The value is the engine's text. */
export function native(type: string): ColumnBuilder<string> {
  return new ColumnBuilder({ type: { kind: 'native', type }, nullable: false });
}

/** Where an enum keeps what it is: a schema that exports it has it, whether or not a column uses it. */
export const enumDefinition: unique symbol = Symbol.for('rowhouse.enum');

export interface EnumBuilder<Value> {
  (): ColumnBuilder<Value>;
  readonly [enumDefinition]: EnumType;
}

export interface EnumOptions {
  readonly namespace?: string;
  readonly comment?: string;
  /** Its name before, so that columns keep their values; harmless once the old name is gone. */
  readonly renamedFrom?: string;
  /** Values by the name they had before: `{ glad: 'happy' }` says that `happy` was `glad`. */
  readonly renamedValues?: Readonly<Record<string, string>>;
}

/**
 * A named list of allowed strings; call it for a column of that type.
 *
 * @example
 * ```ts
 * const mood = enumType('mood', ['sad', 'ok', 'happy']);
 * const people = table('person', { id: uuid().primaryKey(), mood: mood().default('ok') });
 * ```
 */
export function enumType<const Values extends readonly [string, ...string[]]>(
  name: string,
  values: Values,
  options: EnumOptions = {},
): EnumBuilder<Values[number]> {
  const type = {
    kind: 'enum' as const,
    name,
    ...(options.namespace === undefined ? {} : { namespace: options.namespace }),
  };
  const comment = options.comment === undefined ? {} : { enumComment: options.comment };
  const { kind: _, ...identity } = type;
  const described = { ...identity, values, ...(options.comment === undefined ? {} : { comment: options.comment }) };
  const renames = enumRenames(identity, options);
  const renamed = renames.length === 0 ? {} : { enumRenames: renames };
  const column = (): ColumnBuilder<Values[number]> =>
    new ColumnBuilder({ type, enumValues: values, nullable: false, ...comment, ...renamed });
  return Object.assign(column, { [enumDefinition]: described, [renameDefinition]: renames });
}

function enumRenames(name: ObjectName, { renamedFrom, renamedValues = {} }: EnumOptions): readonly Rename[] {
  const values = Object.entries(renamedValues).map(([value, to]): Rename => ({
    kind: 'rename-enum-value',
    enum: name,
    value,
    to,
  }));
  if (renamedFrom === undefined) return values;
  return [renameFrom('enum', renamedFrom, name), ...values];
}
