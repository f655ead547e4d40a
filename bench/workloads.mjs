import assert from 'node:assert/strict';
import { authorOf, bookOf, childrenOf, itemOf, patchOf, reviewOf, seeded, stockOf } from './data.mjs';

const thousand = Array.from({ length: 1000 }, (_, number) => itemOf(number));
let hundredThousand;
const pageRows = 20;
const parents = 100;

/**
 * What is measured: `call` does one operation on a contender, `check` looks at what it gave. Keys follow a fixed pattern
 * that visits the whole table, so all contenders ask for the same rows in the same order.
 */
export const workloads = {
  'point read': {
    method: 'get',
    isRead: true,
    call: (contender, turn) => contender.get(keyOf(turn)),
    check: (row, turn) => checkItem(row, keyOf(turn)),
  },
  'list 100': {
    method: 'list',
    isRead: true,
    call: (contender) => contender.list(100),
    check(rows) {
      assert.equal(rows.length, 100);
      checkItem(rows[99], rows[99].id);
      assert.ok(rows.every((row, at) => row.active && (at === 0 || row.id > rows[at - 1].id)));
    },
  },
  page: { method: 'page', isRead: true, call: nextPage, check: checkPage },
  include: {
    method: 'include',
    isRead: true,
    call: (contender, turn) => contender.include(fromOf(turn), parents),
    check: (rows, turn) => checkAuthors(rows, fromOf(turn), checkBook),
  },
  'two levels': {
    method: 'includeDeep',
    isRead: true,
    call: (contender, turn) => contender.includeDeep(fromOf(turn), parents),
    check: (rows, turn) => checkAuthors(rows, fromOf(turn), checkReviewedBook),
  },
  insert: {
    method: 'insert',
    call: (contender, turn) => contender.insert(itemOf(turn)),
    check: (row, turn) => checkItem(row, row.id, itemOf(turn)),
  },
  upsert: {
    method: 'upsert',
    call: (contender, turn) => contender.upsert(changedStockOf(turn)),
    check: ({ id, ...row }, turn) => {
      assert.ok(id > 0);
      assert.deepEqual({ ...row }, changedStockOf(turn));
    },
  },
  update: {
    method: 'update',
    call: (contender, turn) => contender.update(keyOf(turn), patchOf(turn)),
    check: (row, turn) => checkItem(row, keyOf(turn), { ...itemOf(keyOf(turn)), ...patchOf(turn) }),
  },
  transaction: {
    method: 'transact',
    call: (contender, turn) => contender.transact(keyOf(turn), patchOf(turn), itemOf(turn)),
    check: (row, turn) => checkItem(row, row.id, itemOf(turn)),
  },
  'bulk 1000': {
    method: 'insertMany',
    call: (contender) => contender.insertMany(thousand),
    check: (count) => assert.equal(count, 1000),
  },
  'bulk 100k': {
    method: 'insertMany',
    // Made when they are asked for: 30 MB that are there from the start change how the memory of every workload is managed.
    call: (contender) =>
      contender.insertMany((hundredThousand ??= Array.from({ length: 100_000 }, (_, number) => itemOf(number)))),
    check: (count) => assert.equal(count, 100_000),
    long: true,
  },
};

/** What is also measured with 32 calls in flight, over ten connections. */
export const concurrentWorkloads = ['point read', 'list 100', 'insert', 'update'];

function keyOf(turn) {
  return 1 + ((turn * 7919) % seeded.items);
}

/** The id after which a list of authors starts. */
function fromOf(turn) {
  return (turn * 37) % (seeded.authors - parents);
}

/** Half of the rows are there, half are new. */
function changedStockOf(turn) {
  return { ...stockOf(1 + (turn % 2 === 0 ? (turn * 7) % seeded.stocks : seeded.stocks + turn)), quantity: turn };
}

const cursors = new WeakMap();

/** From one page to the next, and from the last to the first. */
async function nextPage(contender) {
  const page = await contender.page(pageRows, cursors.get(contender));
  cursors.set(contender, page.next);
  return page;
}

function checkPage({ rows, next }, turn) {
  assert.equal(rows.length, pageRows);
  rows.forEach((row, at) => checkItem(row, (turn - 1) * pageRows + at + 1));
  assert.ok(next !== undefined);
}

function checkAuthors(rows, from, checkOne) {
  assert.deepEqual(
    rows.map(({ id, name, born, active }) => ({ id, name, born, active })),
    Array.from({ length: parents }, (_, at) => authorOf(from + at + 1)),
  );
  for (const { id, books } of rows) {
    assert.deepEqual(
      books.map((book) => book.id),
      childrenOf(id, seeded.booksPerAuthor),
    );
    books.forEach(checkOne);
  }
}

function checkBook(book) {
  assert.deepEqual({ ...book }, bookOf(book.id));
}

function checkReviewedBook({ reviews, ...book }) {
  checkBook(book);
  assert.deepEqual(
    reviews.map((review) => ({ ...review })),
    childrenOf(book.id, seeded.reviewsPerBook).map(reviewOf),
  );
}

function checkItem(row, id, expected = itemOf(id)) {
  assert.deepEqual({ ...row }, { id, ...expected });
  assert.ok(row.created instanceof Date);
}
