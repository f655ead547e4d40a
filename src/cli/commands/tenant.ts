import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { integer } from '../../config/value-kind.ts';
import type { TenantId } from '../../database/tenant/tenant-scope.ts';
import { ExitCode } from '../../errors/codes.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { resourcesOf } from '../../http/resource/resources-of.ts';
import type { Resource } from '../../http/resource/resource.ts';
import { definition, isTable } from '../../schema/table/table.ts';
import { exportTenant } from '../../tenancy/export/export-tenant.ts';
import { probeTenants } from '../../tenancy/probe/probe-tenants.ts';
import { command, serviceOptions, type AnyCommand, type OptionValues } from '../command.ts';
import type { CommandContext } from '../command-context.ts';
import { fileError } from '../file-error.ts';
import { forService, patience } from '../for-each-service.ts';
import { loadProject, onlyService, type LoadedService } from '../load-project.ts';
import { counted } from '../render/counted.ts';
import { renderProbe } from '../render/probe.ts';
import { routeAttempts } from '../tenant/route-attempts.ts';

const options = {
  ...serviceOptions,
  withoutPredicate: {
    kind: 'flag',
    summary: 'probe: leave out what repositories add, to see what the database refuses by itself',
  },
  tenantId: { kind: 'text', value: 'ID', summary: 'export: the tenant whose rows are wanted' },
  output: { kind: 'text', value: 'FILE', summary: 'export: write to a new file (default: stdout)' },
  limit: { kind: 'number', value: 'ROWS', summary: 'export: most rows of each table', of: integer(1, 2 ** 31) },
} as const;

type Context = CommandContext<OptionValues<typeof options>>;

export const tenant: AnyCommand = command({
  name: 'tenant',
  summary: 'probe that tenants are kept apart, or export the rows of one',
  details:
    'probe tries, as one tenant, every verb of a repository, every route of the API and SQL by hand on a row of another tenant, with the account of the service, in a transaction that is rolled back: no row is left. Exit code 1 when an attempt got through, or proves nothing. export writes the rows of a tenant as JSON lines, `{"table":…,"row":…}`, soft-deleted ones too, as they are at one moment; without TABLE those of every table.',
  arguments: [
    { name: 'ACTION', summary: 'probe or export', required: true },
    { name: 'TABLE', summary: 'export: a table of the database', many: true },
  ],
  options,
  examples: [
    'rowhouse tenant probe',
    'rowhouse tenant probe --without-predicate --json',
    'rowhouse tenant export --tenant-id 7 --output tenant-7.jsonl',
    'rowhouse tenant export invoice customer --tenant-id 7 --limit 1000',
  ],
  whenStopped: 'nothing was changed; a file that was begun holds the rows so far',
  async run(context) {
    const [action, ...tables] = context.arguments;
    const service = onlyService(await loadProject(context.options, context.surroundings));
    if (action === 'probe') return await forService(service, async () => await probe(context, service));
    if (action === 'export') return await forService(service, async () => await exportRows(context, service, tables));
    throw new RowhouseError('USAGE', `tenant does probe or export, not ${action ?? 'nothing'}`, {
      hint: 'see `rowhouse tenant --help`',
    });
  },
});

async function probe(context: Context, service: LoadedService): Promise<number> {
  const { options: given, output } = context;
  const { schema, resources } = service.service;
  await using database = await service.open(patience(service, context));
  const report = await probeTenants(database, {
    schema,
    attempts: routeAttempts(
      (resources as readonly Resource[] | undefined) ?? resourcesOf(schema, { tenants: true }).resources,
    ),
    withoutPredicate: given.withoutPredicate,
  });
  if (given.json) output.data(JSON.stringify(report, undefined, 2));
  else for (const line of renderProbe(report, output.width)) output.data(line);
  return report.ok ? ExitCode.ok : ExitCode.failed;
}

async function exportRows(context: Context, service: LoadedService, tables: readonly string[]): Promise<number> {
  const { options: given, output } = context;
  const { schema, tenancy } = service.service;
  await using database = await service.open(patience(service, context));
  const rows = exportTenant(database.forTenant(tenantOf(given.tenantId, service)), {
    schema,
    tables,
    limit: given.limit,
    wholePlace: tenancy !== undefined && tenancy.by !== 'row',
  });
  let count = 0;
  await using sink = openSink(given.output, (line) => output.data(line));
  for await (const row of rows) {
    await sink.write(JSON.stringify(row));
    count += 1;
  }
  output.say(counted(count, 'row'));
  return ExitCode.ok;
}

interface Sink extends AsyncDisposable {
  write(line: string): Promise<void>;
}

/** A new file, or what prints lines. */
function openSink(path: string | undefined, print: (line: string) => void): Sink {
  if (path === undefined) return { write: async (line) => print(line), [Symbol.asyncDispose]: async () => undefined };
  const stream = createWriteStream(path, { flags: 'wx' });
  const done = finished(stream).catch((error: unknown) => {
    throw fileError(error);
  });
  done.catch(() => undefined);
  return {
    write: async (line) => {
      if (!stream.write(`${line}\n`)) await Promise.race([once(stream, 'drain'), done]);
    },
    [Symbol.asyncDispose]: async () => {
      stream.end();
      await done;
    },
  };
}

/** The tenant in the type of the column that names it. */
function tenantOf(text: string | undefined, { service }: LoadedService): TenantId {
  if (text === undefined)
    throw new RowhouseError('USAGE', 'whose rows are wanted is not said', { hint: 'give --tenant-id' });
  const tables = Object.values(service.schema).filter(isTable);
  const column = tables.flatMap((table) => table[definition].roles.tenant ?? []).at(0);
  const kind = column?.builder.definition.type.kind;
  const isWhole = kind === 'smallint' || kind === 'integer' || kind === 'bigint';
  if (!isWhole) return text;
  if (!/^-?\d{1,19}$/.test(text)) throw new RowhouseError('USAGE', '--tenant-id is not a whole number');
  return kind === 'bigint' ? BigInt(text) : Number(text);
}
