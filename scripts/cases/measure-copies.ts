import type { Segment } from '../../src/migration/script/segments.ts';
import type { Line } from './line.ts';
import type { Stop } from './measure-statements.ts';

/** A line that also gives the number that the server counts for a statement. */
export interface CountingLine extends Line {
  copied(sql: string): Promise<number>;
}

/**
 * Runs each statement of a plan by itself and gives those that copied rows while writers waited: only that algorithm
 * counts rows for an `alter table`.
 */
export async function measureCopies(line: CountingLine, segments: readonly Segment[]): Promise<readonly Stop[]> {
  const stops: Stop[] = [];
  for (const { sql, note = '' } of segments.flatMap(({ statements }) => statements)) {
    const rowsRead = await line.copied(sql);
    const [, table] = /^(?:set statement .* for )?alter table `((?:[^`]|``)+)`/.exec(sql) ?? [];
    if (table === undefined || rowsRead === 0) continue;
    const isTold = /the server (?:copies|reads)/.test(note);
    stops.push({ statement: sql, table, mode: 'copy', rowsRead, rewritten: true, isTold });
  }
  return stops;
}
