import { readFileSync, writeFileSync } from 'node:fs';

const page = new URL('../docs/design/speed.md', import.meta.url);

/** Replaces what a command printed last time, between its two markers in docs/design/speed.md. */
export function writeBlock(name, text) {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const old = readFileSync(page, 'utf8');
  const [before, rest] = old.split(start);
  const after = rest?.split(end)[1];
  if (after === undefined) throw new Error(`docs/design/speed.md has no block ${name}`);
  writeFileSync(page, `${before}${start}\n\n\`\`\`text\n${text}\n\`\`\`\n\n${end}${after}`);
}
