import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ExitCode } from '../../errors/codes.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { writeNewFiles } from '../../util/write-new-files.ts';
import { command, type AnyCommand } from '../command.ts';
import { scaffoldFiles, scaffoldKinds, type ScaffoldKind } from '../scaffold/scaffold-files.ts';
import { scaffoldNames } from '../scaffold/scaffold-names.ts';

export const scaffold: AnyCommand = command({
  name: 'scaffold',
  summary: 'write the schema, service and resource of a new table',
  details:
    'Writes a directory named after the thing: schema.ts with its table, service.ts with its hooks, resource.ts with its routes. An entity has a name; --kind auth is somebody who signs in with a password, of which only the hash is kept. Files that are there already are never touched: then nothing is written.',
  arguments: [{ name: 'NAME', summary: 'one of the things, e.g. invoice or sales-order', required: true }],
  options: {
    kind: { kind: 'text', value: 'KIND', summary: `what it is: ${scaffoldKinds.join(' or ')} (default: entity)` },
    tenant: { kind: 'flag', summary: 'its rows belong to tenants' },
    softDelete: { kind: 'flag', summary: 'deleting stamps a row, and restoring brings it back' },
    directory: { kind: 'text', value: 'DIRECTORY', summary: 'where to make its directory (default: here)' },
    json: { kind: 'flag', summary: 'print JSON to stdout' },
  },
  examples: ['rowhouse scaffold invoice --soft-delete', 'rowhouse scaffold user --kind auth --directory services'],
  async run({ options, arguments: [name = ''], output, surroundings }) {
    const { tenant, softDelete } = options;
    const names = scaffoldNames(name);
    const place = join(options.directory ?? '.', names.directory);
    const files = scaffoldFiles(kindOf(options.kind), { names, tenant, softDelete });
    const written = Object.entries(files).map(([file, text]) => ({ file: join(place, file), text }));
    refusePresent(
      written.map(({ file }) => file),
      surroundings.directory,
    );
    await writeNewFiles(written.map(({ file, text }) => ({ path: resolve(surroundings.directory, file), text })));
    if (options.json) output.data(JSON.stringify({ ok: true, written: written.map(({ file }) => file) }));
    else {
      for (const { file } of written) output.data(`wrote ${file}`);
      output.say(
        `next: export ${names.many} from the schema of a service and add ${names.one}Resource to its resources`,
      );
      if (tenant) output.say('its rows belong to tenants: give createApi a scope, the session of the tenant that asks');
    }
    return ExitCode.ok;
  },
});

function kindOf(said = 'entity'): ScaffoldKind {
  const kind = scaffoldKinds.find((one) => one === said);
  if (kind !== undefined) return kind;
  throw new RowhouseError('USAGE', `there is no kind ${said}`, { hint: `the kinds are ${scaffoldKinds.join(', ')}` });
}

function refusePresent(files: readonly string[], directory: string): void {
  const present = files.filter((file) => existsSync(resolve(directory, file)));
  if (present.length === 0) return;
  throw new RowhouseError('FILE_FAILED', `${present.join(', ')} ${present.length === 1 ? 'is' : 'are'} there already`, {
    details: { files: present },
    hint: 'choose another name or --directory; nothing was written',
  });
}
