import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { ErasureRecord } from '../../lifecycle/erasure/erasure-record.ts';
import { runErasure } from '../../lifecycle/erasure/run-erasure.ts';
import { command, projectOptions, type AnyCommand } from '../command.ts';
import { forEachService, type ServiceOutcome } from '../for-each-service.ts';
import { loadProject, type LoadedService } from '../load-project.ts';
import { renderTable } from '../render/table.ts';

export const erase: AnyCommand = command({
  name: 'erase',
  summary: 'make the databases forget somebody',
  details:
    'Follows the erasure plan of each service: its steps take place in one transaction, together with a record in the table rowhouse_erasure, or not at all. --dry-run does everything and takes it back, so its counts are those of the real run. Services are erased one after the other; where one fails, run the command again.',
  options: {
    ...projectOptions,
    subject: { kind: 'text', value: 'ID', required: true, summary: 'whom to forget, as the plan understands it' },
    plan: { kind: 'text', value: 'NAME', summary: 'the plan, where a service has several' },
    dryRun: { kind: 'flag', summary: 'say what would be erased, and erase nothing' },
  },
  examples: ['rowhouse erase --subject 42 --dry-run', 'rowhouse erase --plan customer --subject 42'],
  whenStopped: 'The service that was under way is as it was before. Run it again.',
  async run(context) {
    const { options, output, surroundings } = context;
    const { services } = await loadProject(options, surroundings);
    if (services.every(({ service }) => planNames(service, options.plan).length === 0)) throw noPlan(services);
    for (const { name, service } of services) refuseAmbiguity(name, planNames(service, options.plan));
    return await forEachService(context, async ({ service }, database) => {
      const [name] = planNames(service, options.plan);
      const plan = name === undefined ? undefined : service.erasure?.[name];
      if (name === undefined || plan === undefined) return { json: null, lines: ['has no such plan'] };
      const { subject, dryRun } = options;
      const record = await runErasure(database, plan, {
        name,
        subject,
        dryRun,
        now: new Date(),
        signal: surroundings.signal,
      });
      return report(record, dryRun, output.width);
    });
  },
});

/** The plans of a service that the words of the command mean. */
function planNames({ erasure = {} }: LoadedService['service'], asked: string | undefined): readonly string[] {
  return Object.keys(erasure).filter((name) => asked === undefined || name === asked);
}

function refuseAmbiguity(service: string, names: readonly string[]): void {
  if (names.length < 2) return;
  throw new RowhouseError('USAGE', `service ${service} has several erasure plans`, {
    hint: `name one with --plan: ${names.join(', ')}`,
  });
}

function noPlan(services: readonly LoadedService[]): RowhouseError {
  const names = services.flatMap(({ service }) => planNames(service, undefined));
  return new RowhouseError('USAGE', 'no service has such an erasure plan', {
    hint:
      names.length === 0
        ? 'describe one with erasure() in the project file'
        : `there are ${[...new Set(names)].join(', ')}`,
  });
}

function report(record: ErasureRecord, dryRun: boolean, width: number): ServiceOutcome {
  const header = ['table', dryRun ? 'would be' : 'done', 'rows', 'reason'];
  const done = { delete: 'deleted', anonymise: 'anonymised', keep: 'kept' } as const;
  const rows = record.steps.map(({ table, kind, rows: count, reason = '' }) => {
    return [table, done[kind], count.toLocaleString('en'), reason];
  });
  const { plan, subjectHash, erasedAt, steps } = record;
  return {
    json: { plan, dryRun, subjectHash, erasedAt: erasedAt.toISOString(), steps },
    lines: [renderTable(header, rows, width)],
  };
}
