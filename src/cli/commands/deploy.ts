import { ExitCode } from '../../errors/codes.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { CommandContext } from '../command-context.ts';
import { command, projectOptions, type AnyCommand } from '../command.ts';
import type { DeployOptions, ServiceDeploy, Step, StepReport } from '../deploy/step.ts';
import { steps } from '../deploy/steps.ts';
import { forService, patience } from '../for-each-service.ts';
import { loadProject } from '../load-project.ts';
import { errorJson, renderError } from '../render/error.ts';
import { renderTable } from '../render/table.ts';
import { asksServer, runOptions } from '../run-options.ts';
import { isStop } from '../stop-on-signal.ts';

export const deploy: AnyCommand = command({
  name: 'deploy',
  summary: 'bring the databases to where new code can run beside old code',
  details:
    'For each service: waits for the database, runs the backup that the project file names, prints the statements, compares what they may write anew with what the disk still holds, judges the revisions by the rules of `rowhouse lint` (an error stops it, exit code 4), applies them up to the first of phase contract, and checks that the database is what its revisions make. Stops at the first failure. Then deploy the code, and run `rowhouse up --phase contract` once the old one has ended. Seeds are not part of it.',
  options: {
    ...projectOptions,
    ...runOptions,
    ignoreSpace: { kind: 'flag', summary: 'go on although the disk may not hold what is written anew' },
    scratch: { kind: 'text', value: 'URL', summary: 'server for the scratch database (default: the database’s own)' },
  },
  whenStopped: '`rowhouse current` tells how far it came, and `rowhouse deploy` goes on from there',
  examples: ['rowhouse deploy', 'rowhouse deploy --dry-run', 'rowhouse deploy --service auth --json'],
  async run(context) {
    const { options, output, surroundings } = context;
    asksServer(options);
    const loaded = await loadProject(options, surroundings, 'migration');
    const reports: StepReport[] = [];
    let failure: Error | undefined;
    for (const service of loaded.services) {
      const open = async (): ReturnType<ServiceDeploy['open']> =>
        await service.open({ ...patience(service, context), missingFile: options.dryRun ? 'stand-in' : 'make' });
      failure = await runSteps({ context, loaded, service, open }, reports);
      if (failure !== undefined) break;
    }
    print(reports, failure, context);
    if (failure === undefined) return ExitCode.ok;
    if (isStop(failure, surroundings.signal)) throw failure;
    output.say(renderError(failure));
    return failure instanceof RowhouseError ? failure.exitCode : ExitCode.failed;
  },
});

/** Runs the steps until one fails, and gives its error. */
async function runSteps(deploy: ServiceDeploy, reports: StepReport[]): Promise<Error | undefined> {
  const { service, context } = deploy;
  for (const step of steps) {
    context.output.status(`${service.name}: ${step.name}`);
    const startedAt = performance.now();
    const report = (outcome: StepReport['outcome'], detail: string): void => {
      const tookMs = Math.round(performance.now() - startedAt);
      reports.push({ service: service.name, step: step.name, outcome, tookMs, detail });
    };
    try {
      const detail = await forService(service, async () => await runStep(step, deploy));
      report(detail.outcome, detail.words);
    } catch (error) {
      const failure = error instanceof Error ? error : new Error(String(error));
      report('failed', failure.message);
      return failure;
    }
  }
  return undefined;
}

async function runStep(
  step: Step,
  deploy: ServiceDeploy,
): Promise<{ readonly outcome: 'done' | 'skipped'; readonly words: string }> {
  if (deploy.context.options.dryRun && step.writes) return { outcome: 'skipped', words: 'dry run' };
  const words = await step.run(deploy);
  return words === undefined ? { outcome: 'skipped', words: 'none is configured' } : { outcome: 'done', words };
}

function print(
  reports: readonly StepReport[],
  failure: Error | undefined,
  { options, output }: CommandContext<DeployOptions>,
): void {
  if (options.json) {
    const error = failure === undefined ? {} : { error: errorJson(failure) };
    output.data(JSON.stringify({ ok: failure === undefined, steps: reports, ...error }, undefined, 2));
    return;
  }
  const rows = reports.map(({ service, step, outcome, tookMs, detail }) => [
    service,
    step,
    outcome,
    `${(tookMs / 1000).toFixed(1)} s`,
    detail,
  ]);
  output.data(renderTable(['service', 'step', 'outcome', 'time', ''], rows, output.width));
}
