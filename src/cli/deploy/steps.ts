import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { previewUpgrade } from '../../migration/run/preview.ts';
import { spaceNeeded } from '../../migration/run/space-needed.ts';
import { migrationStatus } from '../../migration/run/status.ts';
import { upgrade } from '../../migration/run/upgrade.ts';
import type { MigrationContext } from '../../migration/run/migration-context.ts';
import type { ServiceDatabase } from '../../connect/service-session.ts';
import { findDrift } from '../../ops/compare/find-drift.ts';
import { makeScratch } from '../../ops/compare/scratch-database.ts';
import { placeAt } from '../comparison-source.ts';
import { driftQuestion } from '../drift-question.ts';
import { openMigration } from '../open-migration.ts';
import { canBeMade } from '../refuse-missing-file.ts';
import { counted } from '../render/counted.ts';
import { renderDifference } from '../render/difference.ts';
import { renderWaiting } from '../render/migration.ts';
import { previewOutcome } from '../render/preview.ts';
import { asksServer, withLimits } from '../run-options.ts';
import { backUp } from './back-up.ts';
import { lintPlan } from './lint-plan.ts';
import { describeSpace } from './describe-space.ts';
import type { ServiceDeploy, Step } from './step.ts';

/** The steps of a deploy: what goes wrong in one keeps the next from beginning. */
export const steps: readonly Step[] = [
  { name: 'wait', writes: false, run: waitForDatabase },
  { name: 'backup', writes: true, run: makeBackup },
  { name: 'plan', writes: false, run: showPlan },
  { name: 'space', writes: false, run: compareSpace },
  { name: 'lint', writes: false, run: lint },
  { name: 'expand', writes: true, run: expand },
  { name: 'verify', writes: true, run: verify },
];

async function waitForDatabase(deploy: ServiceDeploy): Promise<string> {
  await using database = await deploy.open();
  const settings = deploy.service.settings();
  // Only a dry run leaves the file as missing as it was.
  return canBeMade(settings) ? `${settings.write.database} would be made` : `${database.where} answers`;
}

async function makeBackup({ loaded, service, context }: ServiceDeploy): Promise<string | undefined> {
  const { project, directory } = loaded;
  const hook = project.deploy?.backup;
  if (hook === undefined) return undefined;
  await backUp(hook, { service: service.name, directory, surroundings: context.surroundings });
  return 'made';
}

async function showPlan(deploy: ServiceDeploy): Promise<string> {
  await using database = await deploy.open();
  const asking = { asksServer: asksServer(deploy.context.options) };
  const preview = await previewUpgrade(await expanding(deploy, database), 'head', asking);
  const { output, options } = deploy.context;
  for (const line of previewOutcome(preview).lines) {
    if (options.json) output.say(line);
    else output.tell(line);
  }
  const statements = preview.plans.flatMap((plan) => plan.statements).length;
  return `${counted(preview.plans.length, 'revision')}, ${counted(statements, 'statement')}`;
}

async function compareSpace(deploy: ServiceDeploy): Promise<string | undefined> {
  await using database = await deploy.open();
  const { plans } = await previewUpgrade(await expanding(deploy, database));
  const needed = await database.pinned(async (session) => await spaceNeeded(session, plans));
  return needed && describeSpace(needed, deploy.context.options);
}

async function lint(deploy: ServiceDeploy): Promise<string> {
  await using database = await deploy.open();
  const migration = await expanding(deploy, database);
  const { plans } = await previewUpgrade(migration);
  const revisions = plans.map(({ revision }) => revision);
  return await lintPlan(deploy, migration, revisions);
}

async function expand(deploy: ServiceDeploy): Promise<string> {
  await using database = await deploy.open();
  const { revisions, waiting = [] } = await upgrade(await expanding(deploy, database));
  const applied = revisions.length === 0 ? 'nothing to do' : `applied ${revisions.map(({ id }) => id).join(', ')}`;
  return waiting.length === 0 ? applied : `${applied}; ${renderWaiting(waiting)}`;
}

async function verify(deploy: ServiceDeploy): Promise<string> {
  const { context, loaded, service } = deploy;
  await using database = await deploy.open();
  const { unknown, edited, unfinished } = await migrationStatus(
    await openMigration(loaded, service, database, context),
  );
  const { differences } = await findDrift(await driftQuestion(service, database, loaded, context));
  const found = [
    ...unknown.map((id) => `it has revision ${id}, which this code does not`),
    ...edited.map((id) => `revision ${id} was changed after it was applied`),
    ...(unfinished === undefined ? [] : [`revision ${unfinished.revision} was cut short`]),
    ...differences.flatMap((difference) => renderDifference(difference)),
  ];
  if (found.length === 0) return 'the database is what its revisions make';
  for (const line of found) context.output.say(`${service.name}: ${line}`);
  throw new RowhouseError('DRIFT', `the database of ${service.name} is not what its revisions make`, {
    details: { service: service.name, found },
    hint: '`rowhouse drift` shows what differs, `rowhouse drift --absorb` takes it in',
  });
}

async function expanding(
  { loaded, service, context }: ServiceDeploy,
  database: ServiceDatabase,
): Promise<MigrationContext> {
  const migration = withLimits(await openMigration(loaded, service, database, context), context.options);
  const { scratch } = context.options;
  if (scratch === undefined) return { ...migration, phase: 'expand' };
  const place = placeAt('--scratch', scratch, context.surroundings);
  return { ...migration, phase: 'expand', makeScratch: async () => await makeScratch(place) };
}
