import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codes } from '../../src/errors/codes.ts';
import { problemText } from '../../src/http/problem/problem-text.ts';
import { code, generated, markdownTable } from './markdown.mjs';

const retries = {
  never: 'no',
  transaction: 'the transaction, from its start',
  connect: 'after waiting for the server',
};

/** Every error code, under the headings that the table in the code has. */
export function errorsPage(root) {
  return [
    generated,
    '# Error codes',
    'Branch on `error.code`; a code is never renamed. `retry` says whether the same call can succeed later; an HTTP client sees the status and the title as a problem document.',
    ...groupsOf(readFileSync(join(root, 'src/errors/codes.ts'), 'utf8')).flatMap(({ title, names }) => [
      `## ${title.charAt(0).toUpperCase()}${title.slice(1)}`,
      markdownTable(['code', 'HTTP', 'title', 'exit code', 'retry'], names.map(row)),
    ]),
    '',
  ]
    .join('\n\n')
    .trimEnd()
    .concat('\n');
}

function row(name) {
  const [status, exitCode, retry] = codes[name];
  return [code(name), status, problemText(name, status).title, exitCode, retries[retry]];
}

/** The comments in the table are its headings. */
function groupsOf(source) {
  const groups = [];
  for (const line of source.split('\n')) {
    const [, title] = /^ {2}\/\/ (.+)$/.exec(line) ?? [];
    const [, name] = /^ {2}([A-Z_]+): \[/.exec(line) ?? [];
    if (title !== undefined) groups.push({ title, names: [] });
    if (name !== undefined) groups.at(-1)?.names.push(name);
  }
  return groups;
}
