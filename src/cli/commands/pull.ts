import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { connect } from '../../connect/connect.ts';
import { fromEnvironment } from '../../connect/from-environment.ts';
import type { ServiceDatabase } from '../../connect/service-session.ts';
import { ExitCode } from '../../errors/codes.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { loadRevisions } from '../../migration/revision/load-revisions.ts';
import { stamp } from '../../migration/run/stamp.ts';
import { pull as pullDatabase, type Pulled } from '../../ops/pull/pull.ts';
import { writePulled } from '../../ops/pull/write-pulled.ts';
import { writeNewFile } from '../../util/write-new-file.ts';
import { command, type AnyCommand } from '../command.ts';
import { patience } from '../for-each-service.ts';
import { makeLedger } from '../open-migration.ts';
import { refuseMissingFile } from '../refuse-missing-file.ts';
import { counted } from '../render/counted.ts';
import { renderTable } from '../render/table.ts';

const options = {
  service: { kind: 'text', value: 'NAME', summary: 'what to call the service (default: app)' },
  namespaces: { kind: 'text', value: 'LIST', summary: 'namespaces to read beside the default one, with commas' },
  env: { kind: 'text', value: 'NAME', summary: 'environment whose .env files are read' },
  json: { kind: 'flag', summary: 'print JSON to stdout' },
} as const;

export const pull: AnyCommand = command({
  name: 'pull',
  summary: 'turn an existing database into a project',
  details:
    'Reads the database that the environment names (DATABASE_URL, DB_HOST… or .env) and writes schema.ts, a first revision and rowhouse.config.ts. The revision is recorded in the database as applied. Nothing is left out: what has no builder is kept as SQL and listed. No file is replaced.',
  arguments: [{ name: 'DIRECTORY', summary: 'where to write (default: here)' }],
  options,
  examples: ['DATABASE_URL=sqlite:///shop.db rowhouse pull', 'rowhouse pull ./shop --namespaces billing,stock'],
  async run({
    options: { service = 'app', namespaces, env, json },
    arguments: [directory = '.'],
    output,
    surroundings,
  }) {
    const root = resolve(surroundings.directory, directory);
    const projectFile = join(root, 'rowhouse.config.ts');
    if (existsSync(projectFile)) {
      throw new RowhouseError('CONFIG_CONFLICT', `${projectFile} is there already; nothing was changed`, {
        hint: 'pull into an empty directory and take from it what you need',
      });
    }
    const settings = fromEnvironment(surroundings.environment, { directory: root, environment: env });
    refuseMissingFile(settings);
    await using database = await connect({}, settings, patience({ name: service }, { output, surroundings }));
    const pulled = await database.pinned(
      async (session) => await pullDatabase(session, { namespaces: namespaces?.split(',').map((name) => name.trim()) }),
    );
    const place = { schemaFile: join(root, 'schema.ts'), migrations: join(root, 'migrations') };
    const written = await writePulled(place, pulled, { at: new Date() });
    await writeNewFile(projectFile, projectSource(service));
    await recordApplied(database, place.migrations, service);
    const files = [written.schemaFile, written.revisionFile, projectFile];
    if (json)
      output.data(JSON.stringify({ ok: true, files, revision: written.revision, ...summaryOf(pulled) }, undefined, 2));
    else for (const line of report(files, pulled, output.width)) output.data(line);
    return ExitCode.ok;
  },
});

async function recordApplied(database: ServiceDatabase, migrations: string, service: string): Promise<void> {
  const ledger = makeLedger({ project: service, service });
  await stamp({ database, graph: await loadRevisions(migrations), ledger });
}

function projectSource(service: string): string {
  const key = /^[A-Za-z_$][\w$]*$/.test(service) ? service : `'${service}'`;
  return `import { defineProject, service } from 'rowhouse';
import * as schema from './schema.ts';

export default defineProject({
  services: {
    ${key}: service({ schema, migrations: './migrations' }),
  },
});
`;
}

/** What belongs to the server and its accounts more than to a schema. */
const notRead = 'owners, privileges, tablespaces and server settings';

function summaryOf({ catalog, raw }: Pulled): object {
  return {
    tables: catalog.tables.length,
    views: catalog.views.length,
    enums: catalog.enums.length,
    sequences: catalog.sequences.length,
    raw: raw.map(({ type, namespace, name, table }) => ({ type, namespace, name, table })),
    notRead,
  };
}

function report(files: readonly string[], { catalog, raw }: Pulled, width: number): readonly string[] {
  const { tables, views, enums, sequences } = catalog;
  return [
    [
      counted(tables.length, 'table'),
      counted(views.length, 'view'),
      counted(enums.length, 'enum'),
      counted(sequences.length, 'sequence'),
    ].join(', '),
    ...files.map((file) => `wrote ${file}`),
    'recorded the first revision as applied',
    ...(raw.length === 0
      ? ['everything has a builder']
      : [
          `kept as SQL, because there is no builder for it (${raw.length}):`,
          renderTable(
            ['kind', 'name', 'table'],
            raw.map(({ type, name, table = '' }) => [type, name, table]),
            width,
          ),
        ]),
    `not read: ${notRead}`,
  ];
}
