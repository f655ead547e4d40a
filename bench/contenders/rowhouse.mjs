/** Rowhouse as a service uses it; the same code for both engines. `build` is the folder of the build to measure. */
export async function openRowhouse({ build, url }) {
  const { boolean, connect, double, fromUrl, integer, json, table, text, timestamptz } = await import(
    `${build}/index.js`
  );
  const item = table('item', {
    id: integer().identity().primaryKey(),
    name: text(),
    email: text(),
    age: integer(),
    active: boolean(),
    score: double(),
    created: timestamptz(),
    data: json(),
  });
  const database = await connect({ item }, fromUrl(url));
  const items = database.repository(item);
  return {
    get: (id) => items.get(id),
    list: (limit) => items.list({ where: { active: true }, order: ['id'], limit }),
    insert: (row) => items.insert(row),
    update: (id, patch) => items.update(id, patch),
    insertMany: (rows) => items.insertMany(rows),
    close: () => database.close(),
  };
}
