import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { LoadedRevision } from './revision.ts';

/** The revisions of a service and how they follow each other. Loops, orphans and duplicates are found on making it. */
export class RevisionGraph {
  /** Every revision after those it needs; ties by file name. */
  readonly ordered: readonly LoadedRevision[];
  private readonly byId: ReadonlyMap<string, LoadedRevision>;

  constructor(given: readonly LoadedRevision[]) {
    const revisions = withoutReplaced(given);
    this.byId = indexById(revisions);
    refuseOrphans(revisions, this.byId);
    this.ordered = sortByNeed(revisions, this.byId);
  }

  get(id: string): LoadedRevision {
    const revision = this.byId.get(id);
    if (revision === undefined) throw notFound(id);
    return revision;
  }

  has(id: string): boolean {
    return this.byId.has(id);
  }

  /** The revision that stands for this one, which was replaced; undefined for one that has its own file. */
  replacementOf(id: string): LoadedRevision | undefined {
    return this.ordered.find(({ replaces = [] }) => replaces.includes(id));
  }

  /** The revisions that nothing comes after. */
  heads(): readonly LoadedRevision[] {
    const followed = new Set(this.ordered.flatMap(({ parents }) => parents));
    return this.ordered.filter(({ id }) => !followed.has(id));
  }

  /** The one head; `HEADS_MULTIPLE` names them when there are several, undefined when there is no revision at all. */
  head(): LoadedRevision | undefined {
    const [first, ...others] = this.heads();
    if (first === undefined || others.length === 0) return first;
    const ids = [first, ...others].map(({ id }) => id);
    throw new RowhouseError('HEADS_MULTIPLE', `the history has several heads: ${ids.join(', ')}`, {
      details: { heads: ids },
      hint: 'join them with `rowhouse merge`, or name one as the target',
    });
  }

  /** The revision and all it needs, in order. */
  upTo(id: string): readonly LoadedRevision[] {
    const wanted = new Set<string>();
    const visit = (current: string): void => {
      if (wanted.has(current)) return;
      wanted.add(current);
      for (const needed of needs(this.get(current))) visit(needed);
    };
    visit(id);
    return this.ordered.filter((revision) => wanted.has(revision.id));
  }

  /** The revisions that need this one, in order. */
  after(id: string): readonly LoadedRevision[] {
    const found = new Set([id]);
    for (const revision of this.ordered)
      if (needs(revision).some((needed) => found.has(needed))) found.add(revision.id);
    return this.ordered.filter((revision) => revision.id !== id && found.has(revision.id));
  }

  /** The revision whose id starts with `text`; an error names all when there are several. */
  find(text: string): LoadedRevision {
    const exact = this.byId.get(text);
    if (exact !== undefined) return exact;
    const [first, ...others] = this.ordered.filter(({ id }) => id.startsWith(text));
    if (first === undefined) throw notFound(text);
    if (others.length === 0) return first;
    const ids = [first, ...others].map(({ id }) => id);
    throw new RowhouseError('REVISION_NOT_FOUND', `${text} could be ${ids.join(' or ')}`, {
      details: { candidates: ids },
    });
  }
}

function needs({ parents, dependsOn = [] }: LoadedRevision): readonly string[] {
  return [...parents, ...dependsOn];
}

/** Whoever comes after a replaced revision comes after the one that replaces it. */
function withoutReplaced(revisions: readonly LoadedRevision[]): readonly LoadedRevision[] {
  const names = new Map(revisions.flatMap(({ id, replaces = [] }) => replaces.map((old) => [old, id] as const)));
  if (names.size === 0) return revisions;
  const present = (ids: readonly string[]): readonly string[] => [...new Set(ids.map((id) => names.get(id) ?? id))];
  return revisions.map((revision) => ({
    ...revision,
    parents: present(revision.parents),
    ...(revision.dependsOn === undefined ? {} : { dependsOn: present(revision.dependsOn) }),
  }));
}

function indexById(revisions: readonly LoadedRevision[]): ReadonlyMap<string, LoadedRevision> {
  const byId = new Map<string, LoadedRevision>();
  for (const revision of revisions) {
    const other = byId.get(revision.id);
    if (other !== undefined) {
      throw new RowhouseError(
        'REVISION_INVALID',
        `${other.file} and ${revision.file} have the same id ${revision.id}`,
        {
          details: { id: revision.id, files: [other.file, revision.file] },
        },
      );
    }
    byId.set(revision.id, revision);
  }
  return byId;
}

function refuseOrphans(revisions: readonly LoadedRevision[], byId: ReadonlyMap<string, LoadedRevision>): void {
  for (const revision of revisions) {
    const missing = needs(revision).find((id) => !byId.has(id));
    if (missing === undefined) continue;
    throw new RowhouseError('REVISION_INVALID', `${revision.file} comes after ${missing}, which is not there`, {
      details: { id: revision.id, missing },
      hint: 'restore the missing file from version control',
    });
  }
}

function sortByNeed(
  revisions: readonly LoadedRevision[],
  byId: ReadonlyMap<string, LoadedRevision>,
): readonly LoadedRevision[] {
  const sorted: LoadedRevision[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (revision: LoadedRevision, path: readonly string[]): void => {
    if (state.get(revision.id) === 'done') return;
    if (state.get(revision.id) === 'open') {
      const loop = [...path.slice(path.indexOf(revision.id)), revision.id];
      throw new RowhouseError('REVISION_INVALID', `revisions need each other in a loop: ${loop.join(' → ')}`, {
        details: { loop },
      });
    }
    state.set(revision.id, 'open');
    for (const id of needs(revision)) {
      const needed = byId.get(id);
      if (needed !== undefined) visit(needed, [...path, revision.id]);
    }
    state.set(revision.id, 'done');
    sorted.push(revision);
  };
  for (const revision of revisions.toSorted((a, b) => (a.file < b.file ? -1 : 1))) visit(revision, []);
  return sorted;
}

function notFound(id: string): RowhouseError {
  return new RowhouseError('REVISION_NOT_FOUND', `there is no revision ${id}`, {
    details: { revision: id },
    hint: '`rowhouse history` lists them',
  });
}
