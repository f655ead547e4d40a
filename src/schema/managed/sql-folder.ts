import { basename, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RawObject } from '../../catalog/model/raw-object.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { rawObject, type RawDefinition } from '../raw-object.ts';
import { dropTexts } from './drop-texts.ts';
import { forEnginesOf, replacing } from './replacing.ts';

/** Where a folder of SQL files keeps what it holds. */
export const folderDefinition: unique symbol = Symbol.for('rowhouse.folder');

export interface FolderDefinition {
  readonly [folderDefinition]: readonly RawDefinition[];
}

export interface SqlFolderOptions {
  /** The engine's word for what is in it; the folder's name tells otherwise: `views`, `functions`, `triggers`… */
  readonly type?: string;
  readonly stage?: RawObject['stage'];
}

/** `name.sql`, or `name.postgresql.sql` for one engine. */
const sqlFile = /^(?<name>[^.]+)(?:\.(?<engine>[a-z]+))?\.sql$/;

const folderTypes: Readonly<Record<string, string>> = {
  views: 'view',
  functions: 'function',
  procedures: 'procedure',
  triggers: 'trigger',
  indexes: 'index',
  policies: 'policy',
};

/** A file's own way down stands below a line that says this. */
const downLine = /^--\s*down\s*$/m;

/** The table of a trigger, a policy or an index stands behind this. */
const tableLine = /^--\s*table:\s*(?<table>\S+)\s*$/m;

/**
 * The SQL files of a folder, each the text that makes one object of the file's name: `database/views/open_order.sql`.
 * `open_order.mysql.sql` is the text for one engine. What drops the object is known for views, functions, procedures,
 * triggers, indexes and policies; otherwise it stands in the file below a line `-- down`. A line `-- table: orders`
 * says which table it belongs to.
 *
 * @example
 * ```ts
 * export const views = sqlFolder(new URL('./database/views', import.meta.url));
 * ```
 */
export function sqlFolder(path: string | URL, options: SqlFolderOptions = {}): FolderDefinition {
  const directory = typeof path === 'string' ? path : fileURLToPath(path);
  if (!isAbsolute(directory)) {
    throw new RowhouseError('SCHEMA_INVALID', `${directory} is not the whole path of a folder`, {
      hint: `write sqlFolder(new URL('${directory}', import.meta.url)), which is beside the schema file`,
    });
  }
  const type = options.type ?? typeOf(directory);
  const files = sqlFiles(directory);
  const names = [...new Set(files.map(({ name }) => name))];
  return {
    [folderDefinition]: names.map((name) => {
      const texts = files.filter((file) => file.name === name);
      return definitionOf(name, type, texts, options.stage);
    }),
  };
}

interface SqlFile {
  readonly name: string;
  readonly engine: string;
  readonly text: string;
}

function sqlFiles(directory: string): readonly SqlFile[] {
  const { readdirSync, readFileSync } = process.getBuiltinModule('node:fs');
  return readdirSync(directory)
    .toSorted()
    .flatMap((file) => {
      const { name, engine = 'any' } = sqlFile.exec(file)?.groups ?? {};
      return name === undefined ? [] : [{ name, engine, text: readFileSync(join(directory, file), 'utf8') }];
    });
}

function definitionOf(
  name: string,
  type: string,
  files: readonly SqlFile[],
  stage: RawObject['stage'] | undefined,
): RawDefinition {
  const table = files.map(({ text }) => tableLine.exec(text)?.groups?.['table']).find((found) => found !== undefined);
  const known = dropTexts(type, name, table);
  const create = Object.fromEntries(files.map(({ engine, text }) => [engine, statementOf(text, 'up')]));
  const drop = files.map(({ engine, text }) => {
    if (downLine.test(text)) return { [engine]: statementOf(text, 'down') };
    return engine === 'any' ? known : forEnginesOf({ [engine]: text }, known);
  });
  return rawObject({
    type,
    name,
    ...(table === undefined ? {} : { table }),
    ...(stage === undefined ? {} : { stage }),
    create,
    drop: Object.assign({}, ...drop.toReversed()),
    ...replacing(create),
  });
}

/** The SQL above or below the line of the way down, without the line that speaks to us and the last semicolon. */
function statementOf(text: string, way: 'up' | 'down'): string {
  const [up = '', down = ''] = text.split(downLine);
  return (way === 'up' ? up : down).replace(tableLine, '').trim().replace(/;$/, '');
}

function typeOf(directory: string): string {
  const type = folderTypes[basename(directory)];
  if (type !== undefined) return type;
  throw new RowhouseError('SCHEMA_INVALID', `the folder ${basename(directory)} does not tell what is in it`, {
    hint: `name the type, as sqlFolder(path, { type: 'view' }), or call the folder ${Object.keys(folderTypes).join(', ')}`,
  });
}
