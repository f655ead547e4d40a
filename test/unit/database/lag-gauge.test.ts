import { expect, test } from 'vitest';
import { LagGauge } from '../../../src/database/replica/lag-gauge.ts';

/** A replica that has come as far as this mark; marks are numbers here. */
const at = (reached: number) => async (position: string) => Number(position) <= reached;
const mark = (position: number): { position: string; at: number } => ({
  position: String(position),
  at: position * 100,
});

test('a lag is not known before the replica has reached a mark, and then is the age of the oldest it has not', async () => {
  const gauge = new LagGauge();

  await gauge.measure(mark(1), at(0));
  const unknown = gauge.lagMs(150);
  await gauge.measure(mark(2), at(1));
  const behind = gauge.lagMs(250);
  await gauge.measure(mark(4), at(2));
  const further = gauge.lagMs(450);
  await gauge.measure(mark(5), at(5));

  expect([unknown, behind, further, gauge.lagMs(900)]).toEqual([undefined, 50, 50, 0]);
});

test('a primary that writes nothing makes no lag, and a replica that stands still has a growing one', async () => {
  const gauge = new LagGauge();
  await gauge.measure(mark(1), at(1));

  await gauge.measure({ position: '1', at: 5000 }, at(1));
  const idle = gauge.lagMs(5000);
  await gauge.measure(mark(60), at(1));
  const standing: (number | undefined)[] = [];
  for (const now of [7000, 8000]) {
    await gauge.measure({ position: '60', at: now }, at(1));
    standing.push(gauge.lagMs(now));
  }

  expect([idle, standing]).toEqual([0, [1000, 2000]]);
});

test('marks of a replica that stands still for days stay few, and the oldest is kept', async () => {
  const gauge = new LagGauge();
  await gauge.measure(mark(0), at(0));
  let asked = 0;
  const stuck = async (position: string): Promise<boolean> => {
    asked += 1;
    return Number(position) <= 0;
  };

  for (let second = 1; second <= 5000; second += 1) await gauge.measure(mark(second), stuck);
  const behind = gauge.lagMs(500_000);
  const before = asked;
  await gauge.measure(mark(5001), at(4990));

  expect(behind).toBe(500_000 - 100);
  expect(before).toBe(2 * 5000 - 1);
  expect(gauge.lagMs(500_100)).toBeLessThan(500_100 / 2);
});
