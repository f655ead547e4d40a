/** The first lines that only one of two texts has, for a person to look at; undefined when the texts are equal. */
export function firstDifference(found: string, wanted: string): string | undefined {
  if (found === wanted) return undefined;
  const [ours, theirs] = [found.split('\n'), wanted.split('\n')];
  const extra = without(ours, theirs).slice(0, 6);
  const missing = without(theirs, ours).slice(0, 6);
  if (extra.length + missing.length === 0) return 'the lines come in another order';
  return [...extra.map((line) => `has     ${line}`), ...missing.map((line) => `lacks   ${line}`)].join('\n');
}

function without(lines: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...others];
  return lines.filter((line) => {
    const at = left.indexOf(line);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
}
