import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import type { Dialect } from '../dialect/dialect.ts';
import { engines } from '../engines.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import { offlinePlans } from '../migration/offline/offline-plans.ts';
import { lintRevision } from '../migration/lint/lint-revision.ts';
import { lintScript } from '../migration/lint/lint-script.ts';
import type { Finding } from '../migration/lint/finding.ts';
import type { LintOptions } from '../migration/lint/judge-steps.ts';
import { measuredRules, sharedRules } from '../migration/lint/rules.ts';
import { foldRevisions } from '../migration/plan/revision-plan.ts';
import type { RevisionGraph } from '../migration/revision/revision-graph.ts';
import { resolveRevision } from '../migration/revision/target.ts';
import type { LoadedRevision } from '../migration/revision/revision.ts';
import type { ScratchPlace } from '../ops/compare/scratch-database.ts';
import { measureRevision } from '../ops/lint/measure-revision.ts';

/** How a run of the rules is made, whatever is judged. */
export type LintRun = Omit<LintOptions, 'file'> & {
  /** Names of files are told from here. */
  readonly directory: string;
  /** Where the effect of revisions is measured. Absent: nowhere. */
  readonly scratch?: ScratchPlace | undefined;
};

/** Judges a script file. */
export async function lintFile(path: string, dialect: Dialect, run: LintRun): Promise<readonly Finding[]> {
  const file = resolve(run.directory, path);
  if (!existsSync(file)) {
    throw new RowhouseError('USAGE', `there is no file ${file}`, { details: { file } });
  }
  return lintScript(await readFile(file, 'utf8'), dialect, { ...run, file: nameOf(file, run) });
}

/** Judges revisions, each against what the ones before it make. */
export async function lintRevisions(
  revisions: readonly LoadedRevision[],
  graph: RevisionGraph,
  dialect: Dialect,
  run: LintRun,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const revision of revisions) {
    const before = foldRevisions(graph.upTo(revision.id).filter(({ id }) => id !== revision.id));
    const source = await readFile(revision.file, 'utf8');
    const options = { ...run, file: nameOf(revision.file, run), source, before };
    findings.push(...lintRevision(revision, dialect, options));
    if (run.scratch !== undefined) findings.push(...(await measureRevision(revision, run.scratch, options)));
  }
  return findings;
}

/** The revisions that a word names: a file, a range or a revision. */
export function namedRevisions(
  word: string,
  graph: RevisionGraph,
  dialect: Dialect,
  directory: string,
): readonly LoadedRevision[] {
  const file = resolve(directory, word);
  const inFile = graph.ordered.filter((revision) => resolve(revision.file) === file);
  if (inFile.length > 0) return inFile;
  if (!word.includes(':')) return [resolveRevision(word, graph)];
  return offlinePlans(word, graph, dialect)
    .filter(({ direction }) => direction === 'up')
    .map(({ revision }) => revision);
}

/** The dialect of an engine by its name, as a typical current server speaks it. */
export async function dialectNamed(name: string, variant: string | undefined): Promise<Dialect> {
  const engine = engines.find((one) => one.schemes.includes(name.toLowerCase()));
  if (engine === undefined) {
    throw new RowhouseError('ENGINE_UNKNOWN', `there is no engine ${name}`, {
      details: { engine: name },
      hint: `use ${engines.flatMap(({ schemes }) => schemes).join(', ')}`,
    });
  }
  return await engine.offlineDialect(variant ?? (name === engine.name ? undefined : name));
}

/** The codes of all rules, whatever the engine. */
export async function knownCodes(): Promise<ReadonlySet<string>> {
  const codes = new Set([...sharedRules, ...measuredRules].map(({ code }) => code));
  for (const engine of engines) {
    const { lint = [] } = await engine.offlineDialect();
    for (const { code } of lint) codes.add(code);
  }
  return codes;
}

function nameOf(file: string, { directory }: LintRun): string {
  return relative(directory, file).replaceAll('\\', '/');
}
