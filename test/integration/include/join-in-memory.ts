import { known, type KnownRelation, type TableName, type TreeOptions } from './random-tree.ts';

type Row = Readonly<Record<string, unknown>>;

/** All rows of all tables, soft-deleted ones too. */
export type Everything = Readonly<Record<TableName | 'bookTags', readonly Row[]>>;

/** The rows of a table with the rows of a tree beside them: what `include` must give, found without it. */
export function joinInMemory(all: Everything, table: TableName, options: TreeOptions): readonly Row[] {
  return choose(all[table], options).map((row) => withBranches(all, table, row, options));
}

function withBranches(all: Everything, table: TableName, row: Row, { include = {} }: TreeOptions): Row {
  const branches = Object.entries(include).map(([name, wish]) => {
    const relation = known[table][name];
    if (relation === undefined) throw new Error(`no relation ${name}`);
    const options = wish === true ? {} : wish;
    const rows = choose(relatedRows(all, row, relation), options).map((one) =>
      withBranches(all, relation.to, one, options),
    );
    return [name, relation.many ? rows : (rows[0] ?? null)];
  });
  return { ...row, ...Object.fromEntries(branches) };
}

function relatedRows(all: Everything, row: Row, { to, pairs, joined }: KnownRelation): readonly Row[] {
  if (joined !== true) {
    return all[to].filter((one) => pairs.every(([here, there]) => row[here] !== null && row[here] === one[there]));
  }
  const [near = '', far = ''] = pairs[0] ?? [];
  const keys = all.bookTags
    .filter((one) => one['deletedAt'] === null && one[near] === row['id'])
    .map((one) => one[far]);
  return all[to].filter(({ id }) => keys.includes(id));
}

function choose(rows: readonly Row[], { where, order = [], limit, withDeleted }: TreeOptions): readonly Row[] {
  const reached = rows.filter((row) => withDeleted === true || (row['deletedAt'] ?? null) === null);
  const found = where === undefined ? reached : reached.filter((row) => matches(row, where));
  return found.toSorted((a, b) => compareAll(a, b, order)).slice(0, limit);
}

function matches(row: Row, where: object): boolean {
  return Object.entries(where).every(([key, value]: [string, unknown]) =>
    key === 'not' ? !matches(row, value as object) : row[key] === value,
  );
}

function compareAll(a: Row, b: Row, order: readonly string[]): number {
  for (const term of order) {
    const key = term.replace(/^-/, '');
    const result = compare(a[key], b[key]);
    if (result !== 0) return term === key ? result : -result;
  }
  return 0;
}

/** Null stands last going up. */
function compare(a: unknown, b: unknown): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return (a as number) < (b as number) ? -1 : 1;
}
