import type { Statement } from '../../driver/connection.ts';
import { RowSet } from '../../driver/row-set.ts';
import { queryPacket } from './protocol/command-packets.ts';

export type Step = readonly [Statement, readonly unknown[]];

/**
 * The statements from `start` on that may be sent before the first of them is answered. The server runs a later one
 * though an earlier failed, so only reads may follow: a write behind a transaction that did not begin, because somebody
 * stopped what the session was doing in just that moment, would stay.
 */
export function flightFrom(steps: readonly Step[], start: number): readonly [Step, ...Step[]] {
  const [first, ...rest] = steps.slice(start) as [Step, ...Step[]];
  if (!beginsTransaction(first[0]) && !isKept(first[0])) return [first];
  if (first[1][0] instanceof RowSet) return [first];
  const flight: [Step, ...Step[]] = [first];
  for (const step of rest) {
    if (!isKept(step[0]) || !isRead(step[0])) break;
    flight.push(step);
  }
  return flight;
}

/** The packets of text that answers without rows, by the text. */
export const controlPackets: ReadonlyMap<string, Buffer> = new Map(
  ['start transaction', 'start transaction read only', 'commit', 'rollback'].map((sql) => [sql, queryPacket(sql)]),
);

function beginsTransaction({ sql, name }: Statement): boolean {
  return name === undefined && sql.startsWith('start transaction') && controlPackets.has(sql);
}

function isKept({ name }: Statement): boolean {
  return name !== undefined;
}

function isRead({ sql }: Statement): boolean {
  return sql.startsWith('select ');
}
