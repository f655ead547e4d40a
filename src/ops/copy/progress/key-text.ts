/** A row's key as text to keep: JSON in which what JSON has not is tagged. */
export function keyText(values: readonly unknown[]): string {
  return JSON.stringify(values.map(tagged));
}

/** The values that `keyText` was given. */
export function keyValues(text: string): readonly unknown[] {
  const values = JSON.parse(text) as readonly unknown[];
  return values.map((value) => (isTagged(value) ? untagged(value) : value));
}

type Tagged = { readonly bigint: string } | { readonly moment: string } | { readonly bytes: string };

function tagged(value: unknown): unknown {
  if (typeof value === 'bigint') return { bigint: value.toString() } satisfies Tagged;
  if (value instanceof Date) return { moment: value.toISOString() } satisfies Tagged;
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString('base64') } satisfies Tagged;
  return value;
}

function untagged(value: Tagged): unknown {
  if ('bigint' in value) return BigInt(value.bigint);
  if ('moment' in value) return new Date(value.moment);
  return Buffer.from(value.bytes, 'base64');
}

function isTagged(value: unknown): value is Tagged {
  return typeof value === 'object' && value !== null;
}
