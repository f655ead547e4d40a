import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readFile } from '../../connect/from-environment.ts';
import { ExitCode } from '../../errors/codes.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { writeNewFiles } from '../../util/write-new-files.ts';
import { command, type AnyCommand } from '../command.ts';

const files: Readonly<Record<string, string>> = {
  'rowhouse.config.ts': `import { defineProject, service } from 'rowhouse';
import * as schema from './schema.ts';

export default defineProject({
  services: {
    app: service({ schema, migrations: './migrations', seeds: './seeds' }),
  },
});
`,
  'schema.ts': `import { boolean, index, softDelete, table, text, timestamps, uuid, uuidv7 } from 'rowhouse';

export const users = table(
  'app_user',
  {
    id: uuid().primaryKey().default(uuidv7()),
    email: text({ max: 255 }).unique(),
    active: boolean().default(true),
    ...timestamps(),
    ...softDelete(),
  },
  (t) => [index(t.active, t.createdAt.desc())],
);
`,
  '.env': `# The database of this project; the process's own variables win over this file.
DATABASE_URL=sqlite:///app.db
`,
  'seeds/essential/users.json': `{
  "table": "app_user",
  "key": ["email"],
  "rows": [{ "email": "ada@example.org" }]
}
`,
};

export const init: AnyCommand = command({
  name: 'init',
  summary: 'start a project here',
  details:
    'Writes a project file, a schema, a .env for SQLite and a seed. Files that are there already are never touched.',
  arguments: [{ name: 'DIRECTORY', summary: 'where to write (default: here)' }],
  options: { json: { kind: 'flag', summary: 'print JSON to stdout' } },
  examples: ['rowhouse init', 'rowhouse init ./shop'],
  async run({ options: { json }, arguments: [directory = '.'], output, surroundings }) {
    const root = resolve(surroundings.directory, directory);
    const present = Object.keys(files).filter((name) => existsSync(join(root, name)));
    if (present.includes('rowhouse.config.ts')) {
      throw new RowhouseError('PROJECT_INVALID', `${root} has a rowhouse.config.ts already; nothing was changed`, {
        hint: 'go on with `rowhouse revision --autogenerate`, or name another directory',
      });
    }
    const written = Object.keys(files).filter((name) => !present.includes(name));
    await writeNewFiles(written.map((name) => ({ path: join(root, name), text: files[name] ?? '' })));
    if (json) output.data(JSON.stringify({ ok: true, written, kept: present }));
    else {
      for (const name of written) output.data(`wrote ${name}`);
      for (const name of present) output.data(`kept ${name}`);
      output.say(['next:', ...(isModule(root) ? [] : ['npm pkg set type=module']), ...firstSteps].join('\n  '));
    }
    return ExitCode.ok;
  },
});

const firstSteps = [
  "rowhouse revision --autogenerate -m 'first tables'",
  'rowhouse up',
  'rowhouse seed',
  'rowhouse serve',
];

/** Does Node take the files of a directory for modules? What the nearest package says counts; without one it looks itself. */
function isModule(directory: string): boolean {
  const text = readFile(join(directory, 'package.json'));
  if (text === undefined) return dirname(directory) === directory || isModule(dirname(directory));
  return /"type"\s*:\s*"module"/.test(text);
}
