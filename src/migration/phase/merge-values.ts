/** The old values in their order, with the new ones each behind the value that it follows. */
export function mergeValues(before: readonly string[], after: readonly string[]): readonly string[] {
  const merged = [...before];
  for (const [position, value] of after.entries()) {
    if (merged.includes(value)) continue;
    const previous = after[position - 1];
    merged.splice(previous === undefined ? 0 : merged.indexOf(previous) + 1, 0, value);
  }
  return merged;
}
