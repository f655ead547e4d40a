import type { Output } from '../output.ts';

const barColumns = 24;

/** `copying track  ████████░░░░  2,503 of 3,503` */
function renderProgress(label: string, done: number, total: number): string {
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const filled = Math.round(share * barColumns);
  const bar = '█'.repeat(filled) + '░'.repeat(barColumns - filled);
  return `${label}  ${bar}  ${done.toLocaleString('en')} of ${total.toLocaleString('en')}`;
}

/** Shows a bar on a terminal, redrawn at most ten times a second. */
export function progressBar(output: Output): (label: string, done: number, total: number) => void {
  let shownAt = 0;
  return (label, done, total) => {
    const now = performance.now();
    if (now - shownAt < 100 && done < total) return;
    shownAt = now;
    output.status(renderProgress(label, done, total));
  };
}
