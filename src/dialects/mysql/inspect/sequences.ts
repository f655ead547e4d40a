import type { Sequence } from '../../../catalog/model/sequence.ts';
import type { Connection } from '../../../driver/connection.ts';
import { mysqlText } from '../text.ts';
import { readRows } from './rows.ts';

/** The sequence with this name; what is the server's own choice is left out. */
export async function inspectSequence(connection: Connection, name: string): Promise<Sequence> {
  const [row = []] = await readRows(
    connection,
    `select start_value, increment, minimum_value, maximum_value, cycle_option from ${mysqlText.name(name)}`,
  );
  const [start = '1', increment = '1', minimum = '1', maximum = '1', cycle] = row;
  const isUp = !increment.startsWith('-');
  const usual = isUp
    ? { minimum: '1', maximum: '9223372036854775806' }
    : { minimum: '-9223372036854775807', maximum: '-1' };
  return {
    name,
    ...(start === (isUp ? minimum : maximum) ? {} : { start }),
    ...(increment === '1' ? {} : { increment }),
    ...(minimum === usual.minimum ? {} : { minimum }),
    ...(maximum === usual.maximum ? {} : { maximum }),
    ...(cycle === '1' ? { cycle: true } : {}),
  };
}
