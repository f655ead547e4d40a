import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
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
  async run({ options: { json }, arguments: [directory = '.'], output, surroundings }) {
    const root = resolve(surroundings.directory, directory);
    const present = Object.keys(files).filter((name) => existsSync(join(root, name)));
    if (present.includes('rowhouse.config.ts')) {
      throw new RowhouseError('PROJECT_INVALID', `${root} has a rowhouse.config.ts already; nothing was changed`);
    }
    const written = Object.keys(files).filter((name) => !present.includes(name));
    await writeNewFiles(written.map((name) => ({ path: join(root, name), text: files[name] ?? '' })));
    if (json) output.data(JSON.stringify({ ok: true, written, kept: present }));
    else {
      for (const name of written) output.data(`wrote ${name}`);
      for (const name of present) output.data(`kept ${name}`);
      output.say(
        "next: rowhouse revision --autogenerate -m 'first tables' && rowhouse up && rowhouse seed && rowhouse serve",
      );
    }
    return ExitCode.ok;
  },
});
