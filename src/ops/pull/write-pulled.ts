import { access } from 'node:fs/promises';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { loadRevisions } from '../../migration/revision/load-revisions.ts';
import { writeRevision } from '../../migration/revision/write-revision.ts';
import { writeNewFile } from '../../util/write-new-file.ts';
import type { Pulled } from './pull.ts';

/** Where a pulled database goes. */
export interface PullPlace {
  readonly schemaFile: string;
  /** The directory of the service's revisions. */
  readonly migrations: string;
}

export interface WritePulledOptions {
  readonly at: Date;
  readonly message?: string | undefined;
  /** The project's template for names of revision files. */
  readonly template?: string | undefined;
}

export interface WrittenPull {
  readonly schemaFile: string;
  readonly revisionFile: string;
  /** The revision to stamp. */
  readonly revision: string;
}

/** Writes the schema file and the first revision. Refuses to replace either, before it writes anything. */
export async function writePulled(
  place: PullPlace,
  pulled: Pulled,
  { at, message = 'the database as it was found', template }: WritePulledOptions,
): Promise<WrittenPull> {
  await refuseExisting(place);
  await writeNewFile(place.schemaFile, pulled.schemaSource);
  const up = pulled.revisionChanges;
  const { file, id } = await writeRevision(place.migrations, { message, parents: [], up, at, template, count: 0 });
  return { schemaFile: place.schemaFile, revisionFile: file, revision: id };
}

async function refuseExisting({ schemaFile, migrations }: PullPlace): Promise<void> {
  if (await exists(schemaFile)) throw inTheWay(schemaFile, 'move it aside, or write the pulled schema to another file');
  const { ordered } = await loadRevisions(migrations);
  if (ordered.length > 0) throw inTheWay(migrations, 'a pull makes the first revision: choose an empty directory');
}

function inTheWay(path: string, hint: string): RowhouseError {
  return new RowhouseError('CONFIG_CONFLICT', `${path} is there already`, { details: { path }, hint });
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
