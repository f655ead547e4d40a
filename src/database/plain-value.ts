import { emptyCatalog } from '../catalog/model/catalog.ts';
import type { ColumnType } from '../catalog/model/column-type.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import { jsonNull } from '../util/json-null.ts';

/** Turns a value of hand-written SQL into wire form. */
export type PlainEncoder = (value: unknown) => unknown;

/**
 * The encoder for values whose column nobody named: the JavaScript type decides. A Date is a moment, bytes are bytes,
 * a plain object or array is a JSON document.
 */
export function plainEncoder(dialect: Dialect): PlainEncoder {
  const encoderOf = (type: ColumnType): PlainEncoder => {
    const codec = dialect.types.codec(type, emptyCatalog);
    return (value) => codec.encode(value);
  };
  const encode = {
    text: encoderOf({ kind: 'text' }),
    integer: encoderOf({ kind: 'integer' }),
    bigint: encoderOf({ kind: 'bigint' }),
    double: encoderOf({ kind: 'double' }),
    boolean: encoderOf({ kind: 'boolean' }),
    bytes: encoderOf({ kind: 'bytes' }),
    moment: encoderOf({ kind: 'timestamptz', precision: 3 }),
    json: encoderOf({ kind: 'json' }),
  };
  return (value) => {
    if (value === null) return null;
    switch (typeof value) {
      case 'string':
        return encode.text(value);
      case 'number':
        return isInteger32(value) ? encode.integer(value) : encodeNumber(value, encode);
      case 'bigint':
        return encode.bigint(value);
      case 'boolean':
        return encode.boolean(value);
      case 'object':
        if (value instanceof Date) return encode.moment(value);
        if (value instanceof Uint8Array) return encode.bytes(value);
        if (isDocument(value)) return encode.json(value);
        throw notPlain(value.constructor.name);
      case 'undefined':
      case 'function':
      case 'symbol':
        break;
    }
    throw notPlain(typeof value);
  };
}

function encodeNumber(
  value: number,
  encode: { readonly bigint: PlainEncoder; readonly double: PlainEncoder },
): unknown {
  return Number.isSafeInteger(value) ? encode.bigint(BigInt(value)) : encode.double(value);
}

function isInteger32(value: number): boolean {
  return (value | 0) === value && !Object.is(value, -0);
}

function isDocument(value: object): boolean {
  if (value === jsonNull || Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function notPlain(type: string): RowhouseError {
  return new RowhouseError('VALUE_INVALID', `a value of type ${type} cannot be a parameter`, {
    details: { type },
    hint: 'give null, a string, number, bigint, boolean, Date, Uint8Array, plain object or array',
  });
}
