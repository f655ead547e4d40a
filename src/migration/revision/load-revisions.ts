import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { moduleFailure } from '../../util/module-failure.ts';
import { revisionChecksum } from './checksum.ts';
import { readLiteralModule } from './literal-reader.ts';
import { RevisionGraph } from './revision-graph.ts';
import type { LoadedRevision, Revision } from './revision.ts';

const revisionFile = /\.(?:ts|mts|js|mjs)$/;

/** Reads every revision file of a directory and checks that they form a history. A missing directory is an empty one. */
export async function loadRevisions(directory: string): Promise<RevisionGraph> {
  const files = await listFiles(directory);
  const revisions: LoadedRevision[] = [];
  for (const file of files) revisions.push(await loadRevision(join(directory, file)));
  return new RevisionGraph(revisions);
}

async function listFiles(directory: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(directory);
    return entries.filter((name) => revisionFile.test(name) && !name.endsWith('.d.ts')).toSorted();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

async function loadRevision(file: string): Promise<LoadedRevision> {
  const revision = await readExport(file);
  const wrong = whatIsWrong(revision);
  if (wrong !== undefined || !isRevision(revision)) {
    throw new RowhouseError('REVISION_INVALID', `${file}: ${wrong ?? 'this is not a revision'}`, {
      details: { file },
      hint: 'a revision file has a default export { id, parents, message, up }',
    });
  }
  return { ...revision, file, checksum: revisionChecksum(revision) };
}

/** What the file exports. It is run only where it holds more than a literal. */
async function readExport(file: string): Promise<unknown> {
  try {
    const literal = readLiteralModule(await readFile(file, 'utf8'));
    if (literal !== undefined) return literal;
    const module: unknown = await import(pathToFileURL(file).href);
    return module !== null && typeof module === 'object' && 'default' in module ? module.default : undefined;
  } catch (cause) {
    throw new RowhouseError('REVISION_INVALID', `${file} cannot be loaded: ${moduleFailure(cause)}`, {
      details: { file },
      cause,
    });
  }
}

function isRevision(value: unknown): value is Revision {
  return whatIsWrong(value) === undefined;
}

function whatIsWrong(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return 'there is no default export';
  const revision = value as Readonly<Record<string, unknown>>;
  if (typeof revision['id'] !== 'string' || revision['id'] === '') return 'the id is missing';
  if (!isTextList(revision['parents'])) return 'parents is not a list of ids';
  if (typeof revision['message'] !== 'string') return 'the message is missing';
  if (!isChangeList(revision['up'])) return 'up is not a list of changes';
  if (revision['down'] !== undefined && !isChangeList(revision['down'])) return 'down is not a list of changes';
  if (revision['labels'] !== undefined && !isTextList(revision['labels'])) return 'labels is not a list of names';
  if (revision['replaces'] !== undefined && !isTextList(revision['replaces'])) return 'replaces is not a list of ids';
  if (revision['dependsOn'] !== undefined && !isTextList(revision['dependsOn']))
    return 'dependsOn is not a list of ids';
  if (![undefined, 'expand', 'migrate', 'contract'].includes(revision['phase'] as undefined))
    return 'phase is not expand, migrate or contract';
  if (revision['allow'] !== undefined && !isAllowList(revision['allow']))
    return 'allow is not a list of { code, reason }';
  return undefined;
}

function isAllowList(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every(
      (item: unknown) =>
        typeof item === 'object' &&
        item !== null &&
        'code' in item &&
        'reason' in item &&
        isTextList([item.code, item.reason]),
    )
  );
}

function isTextList(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isChangeList(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'object' && item !== null && 'kind' in item);
}
