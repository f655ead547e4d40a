/**
 * The text with its `%` escapes undone, or as it is when one `%` in it is not an escape: then it was written raw.
 * A raw text that holds `%` before two hex digits must be written with `%25`.
 */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
