/** Parameters that one statement can have, in rows of an item. */
const rowsPerStatement = { postgresql: 5_000, mariadb: 5_000, sqlite: 4_000 };

/** For libraries that put every value of a bulk insert into one statement: as many rows at a time as the engine takes. */
export async function inChunks(rows, engine, insertRows) {
  const size = rowsPerStatement[engine];
  if (rows.length <= size) return await insertRows(rows);
  let count = 0;
  for (let at = 0; at < rows.length; at += size) count += await insertRows(rows.slice(at, at + size));
  return count;
}
