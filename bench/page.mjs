import { readFileSync, writeFileSync } from 'node:fs';

const root = new URL('../', import.meta.url);

/** Replaces what a command printed last time, between its two markers in a page. Plain tables stand in a block of code. */
export function writeBlock(page, name, text) {
  const [before, after] = aroundBlock(page, name);
  const body = text.startsWith('|') ? text : `\`\`\`text\n${text}\n\`\`\``;
  writeFileSync(new URL(page, root), `${before}<!-- ${name} -->\n\n${body}\n\n<!-- /${name} -->${after}`);
}

/** Fails early, not after minutes, when a page has lost its markers. */
export function requireBlocks(blocks) {
  for (const [page, name] of blocks) aroundBlock(page, name);
}

function aroundBlock(page, name) {
  const [before, rest] = readFileSync(new URL(page, root), 'utf8').split(`<!-- ${name} -->`);
  const after = rest?.split(`<!-- /${name} -->`)[1];
  if (after === undefined) throw new Error(`${page} has no block between <!-- ${name} --> and <!-- /${name} -->`);
  return [before, after];
}
