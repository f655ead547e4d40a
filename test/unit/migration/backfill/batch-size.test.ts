import { expect, test } from 'vitest';
import { BatchSize } from '../../../../src/migration/backfill/batch-size.ts';

const backfill = { batchRows: 1_000, mostRows: 4_000 } as ConstructorParameters<typeof BatchSize>[0];

test('a batch grows while it is quick, up to what the server takes', () => {
  const size = new BatchSize(backfill);

  for (let count = 0; count < 5; count += 1) size.took(20);

  expect(size.rows).toBe(4_000);
});

test('a batch that is slow is halved as long as fewer rows can make it quicker', () => {
  const size = new BatchSize(backfill);

  for (let count = 0; count < 20; count += 1) size.took(900);

  expect(size.rows).toBe(125);
});

test('a batch that met the locks of others goes down to a row, and grows again though each commit is slow', () => {
  const size = new BatchSize(backfill);
  for (let count = 0; count < 20; count += 1) size.halve();
  expect(size.rows).toBe(1);

  for (let count = 0; count < 20; count += 1) size.took(900);

  expect(size.rows).toBe(64);
});
