import type { Experience } from './customers.ts';

/** What customers were told, for people: `812 requests, 1.48 % failed (200: 160, 204: 640, no answer: 12)`. */
export function answerFigures({ counts }: Experience): string {
  const all = sum(counts, () => true);
  const failed = sum(counts, (what) => !/^(?:2|4)/.test(what));
  const answers = [...counts].toSorted(([a], [b]) => a.localeCompare(b)).map(([what, count]) => `${what}: ${count}`);
  return `${all} requests, ${((100 * failed) / all).toFixed(2)} % failed (${answers.join(', ')})`;
}

/** How long it took until something worked again. */
export function recoveryFigures(recoveriesMs: readonly number[]): string {
  const sorted = recoveriesMs.toSorted((a, b) => a - b);
  const [median, longest] = [sorted[Math.floor(sorted.length / 2)] ?? 0, sorted.at(-1) ?? 0];
  return `first success after a start: median ${median.toFixed(0)} ms, longest ${longest.toFixed(0)} ms`;
}

function sum(counts: Experience['counts'], isCounted: (what: string) => boolean): number {
  return [...counts].reduce((total, [what, count]) => total + (isCounted(what) ? count : 0), 0);
}
