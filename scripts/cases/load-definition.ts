import type { Bench } from './bench.ts';
import type { Case } from './case.ts';

/** Loads a definition into a new database: as it stands, else statement by statement until none of the rest loads. */
export async function loadDefinition(
  bench: Bench,
  database: string,
  sql: string,
  one: Case,
): Promise<string | undefined> {
  await bench.make(database, one);
  if ((await bench.run(database, sql)) === undefined) return undefined;
  await bench.drop([database], one);
  await bench.make(database, one);
  let waiting = bench.split(sql);
  for (;;) {
    const failed: { readonly statement: string; readonly message: string }[] = [];
    for (const statement of waiting) {
      const failure = await bench.run(database, statement);
      if (failure !== undefined) failed.push({ statement, message: failure.message });
    }
    if (failed.length === 0) return undefined;
    if (failed.length === waiting.length) return failed[0]?.message;
    waiting = failed.map(({ statement }) => statement);
  }
}
