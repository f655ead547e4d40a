/** A value as the Bind message carries it: text, or bytes for `bytea`. */
export function wireValue(value: unknown): string | Buffer | null {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
    case 'object':
      if (value === null) return null;
      if (Buffer.isBuffer(value)) return value;
      if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
      break;
    case 'undefined':
    case 'symbol':
    case 'function':
      break;
  }
  throw new TypeError(`a ${typeof value} is not in wire form: the codec of its column must encode it`);
}

/** Throws for a value that `wireValue` would refuse: before the first message of a flight is out, not in its middle. */
export function checkWireValues(values: readonly unknown[]): void {
  for (const value of values) {
    const type = typeof value;
    if (type === 'string' || type === 'number' || value === null || type === 'boolean' || type === 'bigint') continue;
    if (!(value instanceof Uint8Array)) wireValue(value);
  }
}
