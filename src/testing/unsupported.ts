/** What cannot run on this server, said as a value so that the report can name it. */
export interface Unsupported {
  readonly unsupported: string;
}

/**
 * @example
 * ```ts
 * describeEachServer('changing a column type', () => unsupported('this engine rebuilds the table instead'));
 * ```
 */
export function unsupported(reason: string): Unsupported {
  return { unsupported: reason };
}

/** Is this the reason why something cannot run here? */
export function isUnsupported(value: unknown): value is Unsupported {
  return typeof value === 'object' && value !== null && 'unsupported' in value;
}
