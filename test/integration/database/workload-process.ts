// Run as a process of its own: counts primes, then writes their number through a connection of its own.
import { sql } from '../../../src/sql/sql.ts';
import { openUrl } from './open-url.ts';

const [url = '', n = ''] = process.argv.slice(2);
let primes = 0;
for (let candidate = 2; candidate < 20_000; candidate++) {
  let divisor = 2;
  while (divisor * divisor <= candidate && candidate % divisor !== 0) divisor++;
  if (divisor * divisor > candidate) primes++;
}
await using database = await openUrl(url);
await database.execute(sql`insert into hit (n, primes) values (${Number(n)}, ${primes})`);
