import type { MysqlLibrary } from './library.ts';

const largestSigned = 2n ** 63n - 1n;

/**
 * Values as the library must get them. Whole numbers are typed as 64-bit integers: untyped they would go as double or as
 * text, and a server refuses both in LIMIT and compares both with a bigint column inexactly. Bytes become a Buffer.
 */
export function wireValues(types: MysqlLibrary['TypedParameter'], values: readonly unknown[]): readonly unknown[] {
  return values.map((value) => {
    switch (typeof value) {
      case 'number':
        return Number.isSafeInteger(value) && !Object.is(value, -0) ? types.LONGLONG(BigInt(value)) : value;
      case 'bigint':
        return value > largestSigned ? types.LONGLONG.unsigned(value) : types.LONGLONG(value);
      case 'object':
        return bytesOrNull(value);
      case 'string':
      case 'boolean':
        return value;
      case 'undefined':
      case 'symbol':
      case 'function':
        throw notInWireForm(value);
    }
  });
}

function bytesOrNull(value: object | null): Buffer | null {
  if (value === null || Buffer.isBuffer(value)) return value;
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  throw notInWireForm(value);
}

function notInWireForm(value: unknown): TypeError {
  return new TypeError(`a ${typeof value} is not in wire form: the codec of its column must encode it`);
}
