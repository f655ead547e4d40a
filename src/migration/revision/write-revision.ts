import { join } from 'node:path';
import { contentHash } from '../../catalog/snapshot/content-hash.ts';
import { writeNewFile } from '../../util/write-new-file.ts';
import type { Revision } from './revision.ts';

export interface NewRevision {
  readonly message: string;
  readonly parents: readonly string[];
  readonly up: Revision['up'];
  readonly down?: Revision['down'];
  readonly replaces?: Revision['replaces'];
  readonly phase?: Revision['phase'];
  /** When it was made, in UTC: part of the id, and of the file's name. */
  readonly at: Date;
  /** File name without ending; `{date}`, `{slug}`, `{id}` and `{sequence}` (001, 002…) are filled in. */
  readonly template?: string | undefined;
  /** How many revisions there are already, for `{sequence}`. */
  readonly count: number;
}

/** `2026-11-21_add_users_1a2b3c4d5e6f` */
const defaultTemplate = '{date}_{slug}_{id}';

/** Longest slug: file names stay readable in a listing. */
const slugLength = 40;

/** Writes a revision file and gives its path and id. Never overwrites one. */
export async function writeRevision(directory: string, made: NewRevision): Promise<{ file: string; id: string }> {
  const { message, parents, up, down, replaces, phase, at } = made;
  const id = contentHash({ message, parents, up, at: at.toISOString() }).slice(0, 12);
  const file = join(directory, `${fileName(made, id)}.ts`);
  const revision: Revision = {
    id,
    parents,
    message,
    ...(phase === undefined ? {} : { phase }),
    up,
    ...(down === undefined ? {} : { down }),
    ...(replaces === undefined ? {} : { replaces }),
  };
  await writeNewFile(file, renderRevision(revision));
  return { file, id };
}

function fileName({ message, at, template = defaultTemplate, count }: NewRevision, id: string): string {
  const slug = message
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+/, '')
    .slice(0, slugLength)
    .replace(/_+$/, '');
  return template
    .replaceAll('{date}', at.toISOString().slice(0, 10))
    .replaceAll('{slug}', slug === '' ? 'revision' : slug)
    .replaceAll('{sequence}', String(count + 1).padStart(3, '0'))
    .replaceAll('{id}', id);
}

/** The text of a revision file. The import is of a type only, so the file runs wherever Node runs TypeScript. */
export function renderRevision(revision: Revision): string {
  return `import type { Revision } from 'rowhouse/migration';

export default ${renderObject(revision)} satisfies Revision;
`;
}

/** A line for each property, however short they are: what is empty is there to be written in. */
function renderObject(value: object): string {
  const lines = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]: [string, unknown]) => `  ${renderKey(key)}: ${renderValue(member, '  ')},\n`);
  return `{\n${lines.join('')}}`;
}

/** A JSON value as TypeScript source: short ones on a line, property names bare where they can be. */
function renderValue(value: unknown, indent: string): string {
  if (value === undefined) return 'undefined';
  if (typeof value !== 'object' || value === null) return renderScalar(value);
  const inner = `${indent}  `;
  const members = Array.isArray(value)
    ? value.map((item: unknown) => renderValue(item, inner))
    : Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .map(([key, member]: [string, unknown]) => `${renderKey(key)}: ${renderValue(member, inner)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (members.length === 0) return open + close;
  const line = Array.isArray(value) ? `[${members.join(', ')}]` : `{ ${members.join(', ')} }`;
  if (!line.includes('\n') && indent.length + line.length <= 110) return line;
  return `${open}\n${members.map((member) => `${inner}${member},\n`).join('')}${indent}${close}`;
}

function renderScalar(value: unknown): string {
  if (typeof value !== 'string') return String(value);
  return `'${JSON.stringify(value)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"')
    .replaceAll("'", String.raw`\'`)}'`;
}

function renderKey(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : renderScalar(key);
}
