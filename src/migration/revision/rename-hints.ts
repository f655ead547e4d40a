import { readFile } from 'node:fs/promises';
import { fromHint, type RenameHint } from '../../catalog/diff/rename-hint.ts';
import type { RenameDecisions } from '../../catalog/diff/rename.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';

/** Reads a hints file: `{ "renames": [{ "table": "a", "to": "b" }], "drops": ["b.old"] }`. */
export async function readRenameHints(file: string): Promise<RenameDecisions> {
  const hints = parse(await textOf(file), file);
  const { renames = [], drops = [] } = hints;
  return { renames: renames.map((hint) => fromHint(hint) ?? refuse(file, JSON.stringify(hint))), drops };
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new RowhouseError('USAGE', `the hints file ${file} cannot be read`, { details: { file }, cause });
  }
}

interface Hints {
  readonly renames?: readonly RenameHint[];
  readonly drops?: readonly string[];
}

function parse(text: string, file: string): Hints {
  let hints: unknown;
  try {
    hints = JSON.parse(text);
  } catch (cause) {
    throw new RowhouseError('USAGE', `the hints file ${file} is not JSON`, { details: { file }, cause });
  }
  return isHints(hints) ? hints : refuse(file, 'what is in it');
}

function isHints(value: unknown): value is Hints {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { renames = [], drops = [], ...others } = value as Readonly<Record<string, unknown>>;
  return (
    Object.keys(others).length === 0 &&
    Array.isArray(renames) &&
    renames.every((hint) => isTexts(hint) && 'to' in hint) &&
    Array.isArray(drops) &&
    drops.every((name) => typeof name === 'string')
  );
}

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  return (
    typeof value === 'object' && value !== null && Object.values(value).every((member) => typeof member === 'string')
  );
}

function refuse(file: string, what: string): never {
  throw new RowhouseError('USAGE', `the hints file ${file} has no hints in it that can be read: ${what}`, {
    details: { file },
    hint: 'it looks like {"renames":[{"table":"a","to":"b"},{"column":"t.a","to":"b"}],"drops":["t.c"]}',
  });
}
