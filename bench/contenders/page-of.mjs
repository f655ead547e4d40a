/** One row more than the page shows was read: it tells whether there is another. */
export function pageOf(rows, limit) {
  if (rows.length <= limit) return { rows, next: undefined };
  rows.pop();
  const { created, id } = rows[limit - 1];
  return { rows, next: { created, id } };
}
