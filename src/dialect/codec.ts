/**
 * How the value of one column type travels. `encode` checks as it writes: a value that the column cannot hold exactly is
 * `VALUE_INVALID`, never rounded or cut. Neither side ever sees SQL null: the caller handles it.
 */
export interface Codec {
  /** From the value a user holds to what the driver sends. */
  encode(value: unknown): unknown;
  /** From the raw cell to the value a user holds. */
  decode(raw: unknown): unknown;
  /** `decode` gives every cell back unchanged, so a caller may leave the call out. */
  readonly decodesAsIs?: true;
}
