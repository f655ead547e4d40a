/** Authors with their books, and with the books' reviews. `from` and `limit` may be placeholders. */
export function relatedQuery({ db, operators, isNew }, isDeep, from, limit) {
  const { asc } = operators;
  const inOrder = isNew ? { id: 'asc' } : (row) => [asc(row.id)];
  const books = { orderBy: inOrder, ...(isDeep ? { with: { reviews: { orderBy: inOrder } } } : {}) };
  const where = isNew ? { id: { gt: from } } : (row, { gt }) => gt(row.id, from);
  return db.query.author.findMany({ where, orderBy: inOrder, limit, with: { books } });
}
