import { prepareRevision, type RevisionRequest } from './prepare-revision.ts';
import { writePrepared } from './write-prepared.ts';

/**
 * Makes a revision file and gives its path and id; undefined when it would hold the difference and there is none.
 *
 * @example
 * ```ts
 * const made = await makeRevision({
 *   message: 'add orders',
 *   migrations: './migrations',
 *   autogenerate: { catalog: catalogOf(schema) },
 *   at: new Date(),
 * });
 * ```
 */
export async function makeRevision(request: RevisionRequest): Promise<{ file: string; id: string } | undefined> {
  const prepared = await prepareRevision(request);
  return prepared === undefined ? undefined : (await writePrepared(prepared))[0];
}
