import type { DefinitionStatement } from '../../dialect/definition.ts';
import type { Safety } from '../../dialect/structure/rules.ts';
import { ExitCode } from '../../errors/codes.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { renderScript } from '../../migration/script/render-script.ts';
import { compareDatabases } from '../../ops/compare/compare-databases.ts';
import type { ScratchPlace } from '../../ops/compare/scratch-database.ts';
import { openSource, type Source } from '../../ops/compare/source.ts';
import type { Output } from '../output.ts';
import { counted } from '../render/counted.ts';
import type { Surroundings } from '../command-context.ts';
import { command, type AnyCommand } from '../command.ts';
import { comparisonSource, filePlace, placeAt } from '../comparison-source.ts';

const options = {
  from: { kind: 'text', value: 'SOURCE', required: true, summary: 'what is there: a URL, a file or a directory' },
  to: { kind: 'text', value: 'SOURCE', required: true, summary: 'what is wanted, written likewise' },
  sql: { kind: 'flag', summary: 'print SQL, which is the default' },
  json: { kind: 'flag', summary: 'print JSON to stdout' },
  safe: {
    kind: 'text',
    value: 'online|plain',
    summary: 'online (default) never stops writers while rows are read; plain is shorter',
  },
  skipDrops: { kind: 'flag', summary: 'drop no table and no column: they stay with their rows' },
  exitCode: { kind: 'flag', summary: 'exit 3 when there is a difference' },
  scratch: { kind: 'text', value: 'URL', summary: 'server on which files are made into databases, dropped afterwards' },
  engine: { kind: 'text', value: 'NAME', summary: 'engine of two files, where it keeps databases in files' },
} as const;

export const diff: AnyCommand = command({
  name: 'diff',
  summary: 'print the SQL that turns one database into another',
  details:
    'A source is a database URL or env:NAME, a schema file, a directory of revisions (migrations@REVISION: up to that one) or an .sql file. What is not a database is made on a scratch database of the other side’s server, or of --scratch, and dropped again; the sources themselves are only read. The SQL is for psql, mysql, mariadb or sqlite3. What drops a table or a column with its rows stands under a comment that says so, and is counted on stderr. What cannot be planned without a mistake is refused with exit code 4.',
  options,
  examples: [
    'rowhouse diff --from env:DATABASE_URL --to schema.ts',
    'rowhouse diff --from migrations@3f2a --to migrations --scratch env:SCRATCH_URL',
    'rowhouse diff --from old.sql --to new.sql --engine sqlite',
  ],
  async run({ options: { from, to, sql, json, safe, skipDrops, exitCode, scratch, engine }, output, surroundings }) {
    if (sql && json) throw new RowhouseError('USAGE', '--sql and --json are two forms: name one');
    const [before, after] = [
      await comparisonSource('--from', from, surroundings),
      await comparisonSource('--to', to, surroundings),
    ];
    const place = scratchPlace([before, after], { scratch, engine }, surroundings);
    await using source = await openSource(before, place);
    await using target = await openSource(after, place);
    const isCompiled = [before, after].some((side) => side.kind === 'definition' && side.isCompiled === true);
    const options = { safe: safety(safe), skipDrops, isCompiled, place };
    const statements = await compareDatabases(source.database, target.database, options);
    if (json) output.data(JSON.stringify(toJson(statements), undefined, 2));
    else if (statements.length > 0) output.data(renderScript(statements, source.database.dialect).trimEnd());
    sayLosses(statements, output);
    return exitCode && statements.length > 0 ? ExitCode.difference : ExitCode.ok;
  },
});

interface PlaceOptions {
  readonly scratch: string | undefined;
  readonly engine: string | undefined;
}

/** Where definitions are made: where the options say, else beside the database that is the other side. */
function scratchPlace(
  sources: readonly Source[],
  { scratch, engine }: PlaceOptions,
  surroundings: Surroundings,
): ScratchPlace {
  if (scratch !== undefined) return placeAt('--scratch', scratch, surroundings);
  for (const source of sources) if (source.kind === 'database') return source.place;
  if (engine !== undefined) return filePlace(engine, surroundings.signal);
  throw new RowhouseError('USAGE', 'neither side is a database, so nothing says where they are made', {
    hint: 'name a server with --scratch URL, or --engine sqlite for databases in files',
  });
}

function safety(text: string | undefined): Safety {
  if (text === undefined || text === 'online' || text === 'plain') return text ?? 'online';
  throw new RowhouseError('USAGE', `--safe is online or plain, not ${text}`, { details: { option: 'safe' } });
}

function sayLosses(statements: readonly DefinitionStatement[], output: Output): void {
  const losses = statements.flatMap(({ loses = [] }) => loses);
  if (losses.length === 0) return;
  const columns = losses.filter(({ column }) => column !== undefined).length;
  const tables = losses.length - columns;
  const counts = [
    ...(tables === 0 ? [] : [counted(tables, 'table')]),
    ...(columns === 0 ? [] : [counted(columns, 'column')]),
  ];
  output.say(`drops ${counts.join(' and ')} with the rows in them; --skip-drops leaves them`);
}

function toJson(statements: readonly DefinitionStatement[]): unknown {
  return {
    ok: true,
    equal: statements.length === 0,
    statements: statements.map((statement) => ({
      sql: statement.sql,
      class: statement.class ?? 'catalog',
      transactional: statement.transactional,
      segment: statement.segment ?? null,
      note: statement.note ?? null,
      loses: (statement.loses ?? []).map(({ table, column }) => ({ table, column: column ?? null })),
    })),
  };
}
