/** The JSON document `null`, as opposed to SQL NULL, which is plain `null`. */
export interface JsonNull {
  toJSON(): null;
}

/**
 * What a `json()` column gives back, and takes, for the JSON document `null`.
 *
 * @example
 * ```ts
 * await settings.update(id, { theme: jsonNull }); // the document null
 * await settings.update(id, { theme: null }); // SQL NULL: no document
 * ```
 */
export const jsonNull: JsonNull = Object.freeze({ toJSON: () => null });
