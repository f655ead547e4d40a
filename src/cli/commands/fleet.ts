import { readSetting } from '../../config/setting.ts';
import { projectSettings } from '../../config/table/project-settings.ts';
import { integer, type ValueKind } from '../../config/value-kind.ts';
import { ExitCode } from '../../errors/codes.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { runFleet, type MemberOutcome, type MemberWork } from '../../migration/fleet/run-fleet.ts';
import { loadRevisions } from '../../migration/revision/load-revisions.ts';
import type { RevisionGraph } from '../../migration/revision/revision-graph.ts';
import { pendingFor } from '../../migration/revision/target.ts';
import type { MigrationContext } from '../../migration/run/migration-context.ts';
import { isAsLeft } from '../../migration/run/is-as-left.ts';
import { migrationStatus } from '../../migration/run/status.ts';
import { upgrade } from '../../migration/run/upgrade.ts';
import { makeScratch } from '../../ops/compare/scratch-database.ts';
import { command, serviceOptions, type AnyCommand } from '../command.ts';
import { fleetMembers, type FleetMember } from '../fleet-members.ts';
import { loadProject, onlyService, type LoadedProject, type LoadedService } from '../load-project.ts';
import { makeLedger } from '../open-migration.ts';
import { isFleetAction, renderFleet, type FleetAction } from '../render/fleet.ts';
import { progressBar } from '../render/progress.ts';
import { runOptions } from '../run-options.ts';

const several: ValueKind<number> = integer(1, 1000);

const options = {
  ...serviceOptions,
  databases: {
    kind: 'text',
    value: 'FILE',
    summary: 'a list: a URL, env:NAME or a name on the service’s server a line',
  },
  query: { kind: 'text', value: 'SQL', summary: 'its first column names databases on the service’s server' },
  urlsEnv: { kind: 'text', value: 'NAME', summary: 'a variable that holds URLs with blanks between them' },
  namespaces: { kind: 'text', value: 'FILE', summary: 'a list: a namespace of the service’s database a line' },
  namespaceQuery: {
    kind: 'text',
    value: 'SQL',
    summary: 'its first column names namespaces of the service’s database',
  },
  tenants: { kind: 'flag', summary: 'the place of each tenant, as the project says of the service' },
  canary: {
    kind: 'number',
    value: 'COUNT',
    summary: 'so many go first, one by one (default: 1)',
    of: integer(0, 1000),
  },
  atOnce: { kind: 'number', value: 'COUNT', summary: 'how many at the same time after that (default: 4)', of: several },
  stopAfter: {
    kind: 'number',
    value: 'COUNT',
    summary: 'begin no more once so many have failed (default: 1)',
    of: several,
  },
  failureBudget: { kind: 'text', value: 'SHARE', summary: 'begin no more once more than this has failed: 2%' },
  resume: { kind: 'flag', summary: 'leave out at once the databases that are there already' },
  lockTimeout: runOptions.lockTimeout,
  retryFor: runOptions.retryFor,
  blockedRows: runOptions.blockedRows,
} as const;

export const fleet: AnyCommand = command({
  name: 'fleet',
  summary: 'bring many databases of one service, or namespaces of one, to a revision',
  details:
    'For a service with a database, or a namespace of one database, for each tenant or region; each has a ledger of its own. `up` begins with the canaries, goes on with several at a time, and begins no more once too many have failed; what is under way is finished. `current` shows where each database stands, `drift` which of them is no longer what its last run left; both change nothing. Exit code 1 when a database failed, 3 when all that is wrong is drift.',
  arguments: [
    { name: 'ACTION', summary: 'up, current or drift', required: true },
    { name: 'TARGET', summary: 'as for `rowhouse up` (default: head)' },
  ],
  options,
  whenStopped: 'run the same command with --resume: it goes on with the databases that are not there yet',
  examples: [
    'rowhouse fleet up --databases tenants.txt --canary 2 --at-once 8',
    "rowhouse fleet current --query 'select name from tenant'",
    'rowhouse fleet up --tenants --at-once 8',
    'rowhouse fleet drift --tenants',
    'rowhouse fleet up --namespaces tenants.txt --failure-budget 2%',
  ],
  async run({ options: given, arguments: [action, target = 'head'], output, surroundings }) {
    if (!isFleetAction(action)) {
      throw new RowhouseError('USAGE', `fleet does up, current or drift, not ${action ?? 'nothing'}`, {
        hint: 'see `rowhouse fleet --help`',
      });
    }
    const loaded = await loadProject(given, surroundings, 'migration');
    const service = onlyService(loaded);
    const { signal } = surroundings;
    const members = await fleetMembers(given, service, surroundings);
    const { graph, contextOf } = await prepare(loaded, service, { ...given, signal });
    const show = progressBar(output);
    const work = async (member: FleetMember): Promise<MemberWork> => {
      await using database = await member.open();
      return await does[action](contextOf(database, member), target);
    };
    const isThere = async (member: FleetMember): Promise<boolean> => await isAt(member, contextOf, graph, target);
    const outcomes = await runFleet(members, work, {
      canary: action === 'up' ? given.canary : 0,
      atOnce: given.atOnce,
      isSpent: action === 'up' ? limitOf(given.stopAfter, given.failureBudget) : () => false,
      isThere: given.resume && action === 'up' ? isThere : undefined,
      signal,
      onProgress: (finished, total) => show(`fleet ${action}`, finished, total),
    });
    if (given.json) output.data(JSON.stringify(toJson(outcomes), undefined, 2));
    else for (const line of renderFleet(outcomes, action, output.width)) output.data(line);
    return signal.aborted ? ExitCode.stopped : exitCodeOf(outcomes);
  },
});

/** Drift is a difference; any other failure is one. */
function exitCodeOf(outcomes: readonly MemberOutcome<FleetMember>[]): number {
  const codes = outcomes.flatMap((outcome) => (outcome.state === 'failed' ? [outcome.code] : []));
  if (codes.length === 0) return ExitCode.ok;
  return codes.every((code) => code === 'DRIFT') ? ExitCode.difference : ExitCode.failed;
}

/** What is done in each database. */
const does: Readonly<Record<FleetAction, (context: MigrationContext, target: string) => Promise<MemberWork>>> = {
  up: goUp,
  current: lookAt,
  drift: compare,
};

interface Limits {
  readonly lockTimeout: number | undefined;
  readonly retryFor: number | undefined;
  readonly blockedRows: number | undefined;
  readonly signal: AbortSignal;
}

type ContextOf = (database: MigrationContext['database'], member: FleetMember) => MigrationContext;

async function prepare(
  { project }: LoadedProject,
  service: LoadedService,
  { lockTimeout, retryFor, blockedRows, signal }: Limits,
): Promise<{ readonly graph: RevisionGraph; readonly contextOf: ContextOf }> {
  const inputs = service.inputs();
  const graph = await loadRevisions(service.migrationsDirectory);
  const table = readSetting(inputs, projectSettings.ledgerTable)?.value ?? project.ledger?.table;
  const ledger = makeLedger({ project: project.name, service: service.name, table });
  return {
    graph,
    contextOf: (database, { place }) => ({
      database,
      graph,
      ledger,
      signal,
      lockTimeoutMs: lockTimeout,
      retryForMs: retryFor,
      blockedRows,
      makeScratch: place && (async () => await makeScratch(place)),
    }),
  };
}

async function goUp(context: MigrationContext, target: string): Promise<MemberWork> {
  const { revisions, resumed } = await upgrade(context, target);
  const at = revisions.at(-1)?.id;
  return { state: revisions.length > 0 || resumed ? 'done' : 'already', ...(at === undefined ? {} : { at }) };
}

async function lookAt(context: MigrationContext): Promise<MemberWork> {
  const { current, pending, unfinished } = await migrationStatus(context);
  const at = [current.length === 0 ? 'base' : current.join(', '), ...(unfinished === undefined ? [] : ['(cut short)'])];
  return { state: pending.length === 0 ? 'already' : 'done', at: at.join(' ') };
}

async function compare(context: MigrationContext): Promise<MemberWork> {
  const { current, unfinished } = await migrationStatus(context);
  const isSame = unfinished === undefined ? await isAsLeft(context) : undefined;
  if (isSame === false) throw new RowhouseError('DRIFT', 'it is no longer what its last run left');
  return { state: isSame === true ? 'already' : 'done', at: current.length === 0 ? 'base' : current.join(', ') };
}

/** Asks the ledger only. A database that cannot be asked is not there: the run will say why. */
async function isAt(member: FleetMember, contextOf: ContextOf, graph: RevisionGraph, target: string): Promise<boolean> {
  try {
    await using database = await member.open();
    const { applied, unfinished } = await migrationStatus(contextOf(database, member));
    const ids = new Set(applied.map(({ revision }) => revision));
    return unfinished === undefined && pendingFor(target, graph, ids).length === 0;
  } catch (error) {
    if (error instanceof RowhouseError) return false;
    throw error;
  }
}

function limitOf(
  stopAfter: number | undefined,
  budget: string | undefined,
): ((failed: number, members: number) => boolean) | undefined {
  if (budget === undefined) return (failed) => failed >= (stopAfter ?? 1);
  const [, share] = /^(\d{1,2}(?:\.\d+)?)\s*%$/.exec(budget) ?? [];
  if (share === undefined || stopAfter !== undefined) {
    throw new RowhouseError('USAGE', '--failure-budget is a share below 100 %, and goes without --stop-after', {
      hint: 'write --failure-budget 2%',
    });
  }
  return (failed, members) => failed > (members * Number(share)) / 100;
}

function toJson(outcomes: readonly MemberOutcome<FleetMember>[]): unknown {
  return {
    ok: outcomes.every(({ state }) => state === 'done' || state === 'already'),
    databases: outcomes.map(({ member, ...outcome }) => ({ name: member.name, ...outcome })),
  };
}
