import { integer } from '../../config/value-kind.ts';
import { ExitCode } from '../../errors/codes.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { RevisionProof } from '../../migration/prove/proof.ts';
import { loadRevisions } from '../../migration/revision/load-revisions.ts';
import type { RevisionGraph } from '../../migration/revision/revision-graph.ts';
import type { LoadedRevision } from '../../migration/revision/revision.ts';
import { resolveRevision } from '../../migration/revision/target.ts';
import { proveRevisions } from '../../ops/prove/prove-revisions.ts';
import type { CommandContext } from '../command-context.ts';
import { command, projectOptions, type AnyCommand, type OptionValues } from '../command.ts';
import { placeAt, settingsPlace } from '../comparison-source.ts';
import { budgetOf, budgetOptions, refuseProofOverBudget } from '../effect-budget.ts';
import { forService } from '../for-each-service.ts';
import { loadProject, type LoadedProject, type LoadedService } from '../load-project.ts';
import { makeLedger } from '../open-migration.ts';
import { progressBar } from '../render/progress.ts';
import { renderProof } from '../render/proof.ts';

const options = {
  ...projectOptions,
  scratch: {
    kind: 'text',
    value: 'URL',
    summary: 'server for the scratch databases, or env:NAME (default: the service’s own)',
  },
  rows: { kind: 'number', value: 'ROWS', summary: 'rows made in each table (default: 8)', of: integer(0, 10_000) },
  seed: { kind: 'number', value: 'NUMBER', summary: 'another seed makes other rows', of: integer(0, 2 ** 31) },
  ...budgetOptions,
} as const;

type Context = CommandContext<OptionValues<typeof options>>;

export const prove: AnyCommand = command({
  name: 'prove',
  summary: 'try revisions on a scratch database: up, down and up again',
  details:
    'Makes rows in every table, takes each revision up, down and up again on scratch databases that are dropped afterwards, and compares what the engine reports with what the tables of the revisions make from nothing, and with what was there before. No row of a change that can be undone may be lost. Prints what each statement costs: its time and, where the server can be asked, whom its lock keeps waiting, what it writes anew and how many rows it reads; elsewhere its algorithm. With a budget, a statement that does more ends the proof with exit code 4. The database of the service is not touched.',
  arguments: [
    { name: 'RANGE', summary: 'A..B (from A to B, both included), A.., ..B, or one revision (default: all)' },
  ],
  options,
  whenStopped: 'nothing: scratch databases were worked on',
  examples: [
    'rowhouse prove',
    'rowhouse prove 1a2b.. --scratch env:SCRATCH_URL',
    'rowhouse prove --max-rows-under-lock 0',
  ],
  async run(context) {
    const { options: given, output, arguments: words, surroundings } = context;
    const budget = budgetOf(given);
    const loaded = await loadProject(given, surroundings, 'migration');
    const outcomes: Record<string, unknown> = {};
    for (const service of loaded.services) {
      const proofs = await forService(service, async () => {
        const found = await proveService(service, loaded, context, words[0]);
        for (const proof of found) refuseProofOverBudget(proof, budget);
        return found;
      });
      outcomes[service.name] = proofs.map(toJson);
      if (given.json) continue;
      if (loaded.services.length > 1) output.data(`${service.name}:`);
      if (proofs.length === 0) output.data('no revisions, nothing to prove');
      for (const line of proofs.flatMap((proof) => renderProof(proof, output.width))) output.data(line);
    }
    if (given.json) output.data(JSON.stringify({ ok: true, services: outcomes }, undefined, 2));
    return ExitCode.ok;
  },
});

async function proveService(
  service: LoadedService,
  { project }: LoadedProject,
  { options: given, output, surroundings }: Context,
  range: string | undefined,
): Promise<readonly RevisionProof[]> {
  const settings = given.scratch === undefined ? service.settings() : undefined;
  const { signal } = surroundings;
  const graph = await loadRevisions(service.migrationsDirectory);
  return await proveRevisions({
    graph,
    wanted: revisionsIn(range, graph),
    place:
      settings === undefined
        ? placeAt('--scratch', given.scratch ?? '', surroundings)
        : settingsPlace(service.name, settings, signal),
    ledger: makeLedger({ project: project.name, service: service.name }),
    rows: given.rows,
    seed: given.seed,
    signal,
    onProgress: progressBar(output),
  });
}

function revisionsIn(range: string | undefined, graph: RevisionGraph): ReadonlySet<LoadedRevision> {
  if (range === undefined) return new Set(graph.ordered);
  const [first = '', last, ...others] = range.split('..');
  if (others.length > 0 || range === '')
    throw new RowhouseError('USAGE', `${range} is no range`, { hint: 'write A..B' });
  if (last === undefined) return new Set([resolveRevision(first, graph)]);
  const from = first === '' ? 0 : graph.ordered.indexOf(resolveRevision(first, graph));
  const to = last === '' ? graph.ordered.length : graph.ordered.indexOf(resolveRevision(last, graph)) + 1;
  if (from < to) return new Set(graph.ordered.slice(from, to));
  throw new RowhouseError('USAGE', `${range} is empty: ${last} comes before ${first}`, { hint: 'write A..B' });
}

function toJson({ revision, filled, statements, comparedWith, reversible, lost, note }: RevisionProof): unknown {
  return {
    revision: revision.id,
    reversible,
    comparedWith,
    filled,
    lost,
    note: note ?? null,
    statements: statements.map(({ direction, sql, ms, algorithm = null, effects = null }) => ({
      direction,
      sql,
      ms: Math.round(ms * 1000) / 1000,
      algorithm,
      effects,
    })),
  };
}
