import assert from 'node:assert/strict';
import { itemOf, patchOf, seededRows } from './item.mjs';

const bulkRows = Array.from({ length: 1000 }, (_, number) => itemOf(number));

/**
 * What is measured: `call` does one operation on a contender, `check` looks at what it gave. Keys follow a fixed pattern
 * that visits the whole table, so all contenders ask for the same rows in the same order.
 */
export const workloads = {
  'point read': {
    method: 'get',
    call: (contender, turn) => contender.get(keyOf(turn)),
    check: (row, turn) => checkRow(row, keyOf(turn)),
  },
  'list 100': {
    method: 'list',
    call: (contender) => contender.list(100),
    check(rows) {
      assert.equal(rows.length, 100);
      checkRow(rows[99], rows[99].id);
      assert.ok(rows.every((row, at) => row.active && (at === 0 || row.id > rows[at - 1].id)));
    },
  },
  insert: {
    method: 'insert',
    call: (contender, turn) => contender.insert(itemOf(turn)),
    check: (row, turn) => checkRow(row, row.id, itemOf(turn)),
  },
  update: {
    method: 'update',
    call: (contender, turn) => contender.update(keyOf(turn), patchOf(turn)),
    check: (row, turn) => checkRow(row, keyOf(turn), { ...itemOf(keyOf(turn)), ...patchOf(turn) }),
  },
  'bulk 1000': {
    method: 'insertMany',
    call: (contender) => contender.insertMany(bulkRows),
    check: (count) => assert.equal(count, 1000),
  },
};

function keyOf(turn) {
  return 1 + ((turn * 7919) % seededRows);
}

function checkRow(row, id, expected = itemOf(id)) {
  assert.deepEqual({ ...row }, { id, ...expected });
  assert.ok(row.created instanceof Date);
}
