// Inserts 300,000 lines into the database in argv from an iterable and prints how much more memory is in use after the
// last of them than after the first: for a process of its own.
import { connect } from '../../src/connect/connect.ts';
import { localSettings } from '../../src/testing/schema/schema-database.ts';
import { lines } from './lines.ts';

const rows = 300_000;
let [first, last] = [0, 0];

/** Collected twice: a collection that was under way keeps what died since it began. */
function usedMegabytes(): number {
  gc?.();
  gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

async function* source(): AsyncGenerator<(typeof lines)['$insert']> {
  for (let id = 0; id < rows; id += 1) {
    if (id === 20_000) first = usedMegabytes();
    if (id === rows - 1) last = usedMegabytes();
    yield { id, words: `line ${id} of some words, as long as many of them are` };
  }
}

await using database = await connect({ lines }, localSettings(process.argv[2] ?? ''));
const inserted = await database.repository(lines).insertMany(source());
console.log(JSON.stringify({ inserted, grownMegabytes: last - first }));
