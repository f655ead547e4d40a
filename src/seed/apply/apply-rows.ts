import type { Session } from '../../database/session.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { createRepository } from '../../repository/create-repository.ts';
import type { TableOf } from '../../schema/table/table.ts';
import type { CheckedRow, CheckedRows } from '../check/checked-seed.ts';
import { seedInvalid } from '../seed-error.ts';
import { ReferenceFinder } from './reference-finder.ts';

type Row = Record<string, unknown>;

/**
 * Writes the rows of one seed by their natural key; gives their number. Rows that refer to rows of the same seed follow
 * them in a statement of their own.
 */
export async function applyRows(session: Session, seed: CheckedRows): Promise<number> {
  const finder = new ReferenceFinder(session);
  const repository = createRepository(seed.table as TableOf<Row, Row, Row>, session);
  let waiting = seed.rows;
  while (waiting.length > 0) {
    const ready: Row[] = [];
    const later: CheckedRow[] = [];
    for (const row of waiting) {
      const values = await finder.resolve(row);
      if (values === undefined) later.push(row);
      else ready.push(values);
    }
    if (ready.length === 0) throw nothingThere(later, seed);
    await inFile(seed.file, async () => await repository.upsertMany(ready, { match: seed.key }));
    waiting = later;
  }
  return seed.rows.length;
}

function nothingThere([row]: readonly CheckedRow[], { file }: CheckedRows): RowhouseError {
  const [reference] = row?.references ?? [];
  const property = reference?.property ?? 'a column';
  return seedInvalid(reference?.place ?? { file }, `${property} refers to a row that is not there`, {
    hint: 'seed it in this file or in one of an earlier table or class',
  });
}

/** The database's own error, saying in which file its rows are. */
async function inFile<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RowhouseError)) throw error;
    throw new RowhouseError(error.code, `${file}: ${error.message}`, {
      details: { ...error.details, file },
      hint: error.hint,
      cause: error,
    });
  }
}
