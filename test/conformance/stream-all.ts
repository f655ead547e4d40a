// A process of its own that keeps some lists of the database in argv, as services do, then streams all lines and prints
// how far resident memory rose by that.
import { connect } from '../../src/connect/connect.ts';
import { localSettings } from '../../src/testing/schema/schema-database.ts';
import { lines } from './lines.ts';

const megabyte = 2 ** 20;
const residentMegabytes = (): number => {
  gc?.();
  return process.memoryUsage.rss() / megabyte;
};

await using database = await connect({ lines }, localSettings(process.argv[2] ?? ''));
const kept: unknown[] = [];
for (let lists = 0; lists < 60; lists += 1) kept.push(await database.repository(lines).list({ limit: 1_000 }));
const before = residentMegabytes();
let [rows, peak, sum] = [0, before, 0];
for await (const { id } of database.repository(lines).stream()) {
  rows += 1;
  sum += id;
  if (rows % 20_000 === 0) peak = Math.max(peak, process.memoryUsage.rss() / megabyte);
}
console.log(JSON.stringify({ rows, sum, kept: kept.length, grownMegabytes: peak - before }));
