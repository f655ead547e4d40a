import type { ObjectName } from '../../catalog/model/object-name.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { killQueries as kill, type KilledSession, type KillOutcome } from '../../ops/activity/kill-queries.ts';
import { command, projectOptions, type AnyCommand } from '../command.ts';
import { forEachService, type ServiceOutcome } from '../for-each-service.ts';
import { loadProject, onlyService, type LoadedProject, type LoadedService } from '../load-project.ts';
import { renderTable } from '../render/table.ts';

export const killQueries: AnyCommand = command({
  name: 'kill-queries',
  summary: 'stop what others do with a table',
  details:
    'Cancels the statements about the table that are running; their transactions stay. With --force the sessions are ended and their transactions rolled back, those that only hold locks too. Works as the account of migrations, which needs the right to stop the sessions of others.',
  arguments: [
    { name: 'TABLE', summary: 'the table in the database, with its namespace: billing.invoice', required: true },
  ],
  options: {
    ...projectOptions,
    dryRun: { kind: 'flag', summary: 'list the sessions, and stop none' },
    force: { kind: 'flag', summary: 'end the sessions instead of cancelling their statements' },
    quiet: { kind: 'flag', summary: 'print nothing' },
  },
  examples: ['rowhouse kill-queries invoice --dry-run', 'rowhouse kill-queries invoice --force'],
  async run(context) {
    const { options, arguments: words, output, surroundings } = context;
    const table = objectName(words[0] ?? '');
    const loaded = await loadProject(options, surroundings);
    const { name: service } = ownerOf(table, loaded) ?? onlyService(loaded);
    const shown = options.quiet ? { ...output, data: () => undefined } : output;
    return await forEachService(
      { ...context, output: shown, options: { ...options, service } },
      async (_service, database) => report(await kill(database, table, options), output.width),
    );
  },
});

/** The one service whose schema has the table. */
function ownerOf({ name, namespace }: ObjectName, { services }: LoadedProject): LoadedService | undefined {
  const [owner, ...others] = services.filter(({ service: { catalog } }) =>
    catalog.tables.some((table) => table.name === name && table.namespace === namespace),
  );
  return others.length > 0 ? undefined : owner;
}

/** `billing.invoice`, or `invoice` in the default namespace. */
function objectName(text: string): ObjectName {
  const [first = '', second, ...more] = text.split('.');
  if (first === '' || second === '' || more.length > 0) {
    throw new RowhouseError('USAGE', `'${text}' is no name of a table`, {
      hint: 'name it as invoice or billing.invoice',
    });
  }
  return second === undefined ? { name: first } : { namespace: first, name: second };
}

const words: Readonly<Record<KillOutcome, string>> = {
  found: 'found',
  cancelled: 'cancelled',
  terminated: 'terminated',
  holding: 'left: only --force ends it',
  gone: 'gone already',
};

function report(sessions: readonly KilledSession[] | undefined, width: number): ServiceOutcome {
  if (sessions === undefined)
    return { json: { sessions: [] }, lines: ['nothing to kill: the engine runs inside the processes that use it'] };
  const header = ['session', 'user', 'application', 'runs', 'seconds', 'outcome'];
  const rows = sessions.map(({ id, user, application, running, forMs, outcome }) => {
    return [id, user, application, running ?? 'nothing', (forMs / 1000).toFixed(1), words[outcome]];
  });
  return {
    json: { sessions: sessions.map((session) => ({ ...session, running: session.running ?? null })) },
    lines: [rows.length === 0 ? 'nobody works with the table' : renderTable(header, rows, width)],
  };
}
