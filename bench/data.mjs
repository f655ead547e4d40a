/** Rows that every database of a run starts with: authors have ten books each, and each book has two reviews. */
export const seeded = { items: 10_000, authors: 1_000, booksPerAuthor: 10, reviewsPerBook: 2, stocks: 1_000 };

const start = Date.UTC(2026, 0, 1);

/** A row without its id: 8 columns of 7 types with it. */
export function itemOf(number) {
  return {
    name: `Item number ${number}`,
    email: `item-${number}@example.org`,
    age: 18 + (number % 70),
    active: number % 2 === 0,
    score: number * 1.25 + 0.1,
    created: new Date(start + number * 60_000 + (number % 1000)),
    data: { tags: ['red', 'green'], nested: { count: number, on: true }, note: null },
  };
}

/** What an update changes. */
export function patchOf(number) {
  return { name: `Item changed ${number}`, age: 18 + (number % 70) };
}

export function stockOf(number) {
  return { sku: `sku-${number}`, quantity: number, price: number / 4 };
}

export function authorOf(id) {
  return { id, name: `Author ${id}`, born: new Date(start - id * 86_400_000), active: id % 2 === 0 };
}

export function bookOf(id) {
  return {
    id,
    authorId: parentOf(id, seeded.booksPerAuthor),
    title: `Book ${id}`,
    pages: 100 + (id % 500),
    price: id + 0.5,
    published: new Date(start + id * 1000),
  };
}

export function reviewOf(id) {
  return { id, bookId: parentOf(id, seeded.reviewsPerBook), stars: 1 + (id % 5), body: `Review ${id} of a book` };
}

/** The first parent has the first so many rows, and so on. */
export function parentOf(id, rowsPerParent) {
  return Math.ceil(id / rowsPerParent);
}

/** The ids of a parent's rows. */
export function childrenOf(id, rowsPerParent) {
  return Array.from({ length: rowsPerParent }, (_, at) => (id - 1) * rowsPerParent + at + 1);
}

/** The properties of an item, in the order of its columns. */
export const itemColumns = ['name', 'email', 'age', 'active', 'score', 'created', 'data'];
