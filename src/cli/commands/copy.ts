import { resolveSettings } from '../../config/resolve-settings.ts';
import { integer } from '../../config/value-kind.ts';
import { connect } from '../../connect/connect.ts';
import type { ServiceDatabase } from '../../connect/service-session.ts';
import { engines } from '../../engines.ts';
import { ExitCode } from '../../errors/codes.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { CopyReport } from '../../ops/copy/copy-report.ts';
import { copy as copyDatabase } from '../../ops/copy/copy.ts';
import type { Surroundings } from '../command-context.ts';
import { command, type AnyCommand } from '../command.ts';
import { forService } from '../for-each-service.ts';
import { refuseMissingFile } from '../refuse-missing-file.ts';
import { wrap } from '../render/help.ts';
import { progressBar } from '../render/progress.ts';
import { counted } from '../render/counted.ts';
import { renderTable } from '../render/table.ts';

const options = {
  from: {
    kind: 'text',
    value: 'URL',
    required: true,
    summary: 'database to read: a URL, or env:NAME for the URL in a variable',
  },
  to: { kind: 'text', value: 'URL', required: true, summary: 'database to fill, written likewise' },
  tables: { kind: 'text', value: 'LIST', summary: 'only these tables, with commas' },
  namespaces: { kind: 'text', value: 'LIST', summary: 'namespaces to read beside the default one, with commas' },
  batch: {
    kind: 'number',
    value: 'ROWS',
    summary: 'rows read and written in one go (default: 1000)',
    of: integer(1, 100_000),
  },
  json: { kind: 'flag', summary: 'print JSON to stdout' },
} as const;

export const copy: AnyCommand = command({
  name: 'copy',
  summary: 'copy all rows of one database into another, of any engine',
  details:
    'Makes the tables that the target lacks, copies in foreign-key order, and compares counts and a hash of the contents of each table at the end. When it was cut short, run the same command again: it goes on where it stood. Everyone on this machine can see the words of a command: write env:NAME for a URL with a password.',
  options,
  whenStopped: 'run the same command again: it goes on where it stood',
  examples: ['rowhouse copy --from sqlite:///shop.db --to env:DATABASE_URL'],
  async run({ options: { from, to, tables, namespaces, batch, json }, output, surroundings }) {
    await using source = await openSide('from', from, surroundings);
    await using target = await openSide('to', to, surroundings);
    const show = progressBar(output);
    const report = await copyDatabase({
      from: source,
      to: target,
      tables: listOf(tables),
      namespaces: listOf(namespaces),
      batchRows: batch,
      signal: surroundings.signal,
      onProgress: ({ phase, table, rows, total }) =>
        show(`${phase === 'load' ? 'copying' : 'checking'} ${table}`, rows, total),
    });
    if (json) output.data(JSON.stringify({ ok: true, ...report }, undefined, 2));
    else for (const line of render(report, output.width)) output.data(line);
    return ExitCode.ok;
  },
});

/** Opens one side; what goes wrong says which. A mistyped source must not become an empty file that copies well. */
async function openSide(
  side: 'from' | 'to',
  text: string,
  { environment, signal }: Surroundings,
): Promise<ServiceDatabase> {
  const name = text.startsWith('env:') ? text.slice(4) : undefined;
  const url = name === undefined ? text : environment[name];
  if (url === undefined || url === '') {
    throw new RowhouseError('CONFIG_MISSING', `--${side} names the variable ${name ?? ''}, which is not set`, {
      details: { option: side, variable: name },
      hint: 'set the variable, or write the URL itself',
    });
  }
  const names = { DATABASE_URL: name ?? 'the URL' };
  return await forService({ name: `--${side}` }, async () => {
    const settings = resolveSettings({ DATABASE_URL: url }, engines, { names });
    if (side === 'from') refuseMissingFile(settings);
    return await connect({}, settings, { attempts: 1, signal });
  });
}

function listOf(text: string | undefined): readonly string[] | undefined {
  return text?.split(',').map((name) => name.trim());
}

function render({ tables, skipped, notes, totalMs }: CopyReport, width: number): readonly string[] {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  return [
    renderTable(
      ['table', 'rows', 'hash', 'ms'],
      tables.map((table) => [table.name, String(table.rows), table.hash.slice(0, 16), String(table.ms)]),
      width,
    ),
    ...grouped(notes),
    ...skipped.map(({ name, reason }) => `not copied: ${name}, ${reason}`),
    `${counted(rows, 'row')} in ${counted(tables.length, 'table')}, counts and hashes equal, ${(totalMs / 1000).toFixed(1)} s`,
  ];
}

/** One line a note, with the tables it is about. */
function grouped(notes: CopyReport['notes']): readonly string[] {
  const byNote = Map.groupBy(notes, ({ note }) => note);
  return [...byNote].map(([note, of]) => wrap(`${note}: ${of.map(({ name }) => name).join(', ')}`, 0));
}
