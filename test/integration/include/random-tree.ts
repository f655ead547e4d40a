/** A whole number from 0 up to, not including, `below`. */
export type Random = (below: number) => number;

export type TableName = 'authors' | 'profiles' | 'books' | 'chapters' | 'notes' | 'tags';

export interface TreeOptions {
  readonly where?: object;
  readonly order?: readonly string[];
  readonly limit?: number;
  readonly withDeleted?: boolean;
  readonly include?: Readonly<Record<string, TreeOptions | true>>;
}

/** How each relation finds its rows: column pairs, and the join table's where there is one. */
export interface KnownRelation {
  readonly to: TableName;
  readonly many: boolean;
  readonly pairs: readonly (readonly [string, string])[];
  readonly joined?: true;
}

export const known: Readonly<Record<TableName, Readonly<Record<string, KnownRelation>>>> = {
  authors: {
    books: { to: 'books', many: true, pairs: [['id', 'authorId']] },
    edited: { to: 'books', many: true, pairs: [['id', 'editorId']] },
    pupils: { to: 'authors', many: true, pairs: [['id', 'teacherId']] },
    teacher: { to: 'authors', many: false, pairs: [['teacherId', 'id']] },
    profile: { to: 'profiles', many: false, pairs: [['id', 'authorId']] },
  },
  profiles: { author: { to: 'authors', many: false, pairs: [['authorId', 'id']] } },
  books: {
    author: { to: 'authors', many: false, pairs: [['authorId', 'id']] },
    editor: { to: 'authors', many: false, pairs: [['editorId', 'id']] },
    chapters: { to: 'chapters', many: true, pairs: [['id', 'bookId']] },
    tags: { to: 'tags', many: true, pairs: [['bookId', 'tagId']], joined: true },
  },
  chapters: {
    book: { to: 'books', many: false, pairs: [['bookId', 'id']] },
    notes: {
      to: 'notes',
      many: true,
      pairs: [
        ['bookId', 'bookId'],
        ['number', 'chapter'],
      ],
    },
  },
  notes: {
    place: {
      to: 'chapters',
      many: false,
      pairs: [
        ['bookId', 'bookId'],
        ['chapter', 'number'],
      ],
    },
  },
  tags: { books: { to: 'books', many: true, pairs: [['tagId', 'bookId']], joined: true } },
};

/** Columns to filter by one value each, and the columns of the key that make an order total. */
export const columns: Readonly<Record<TableName, { readonly value: string; readonly key: readonly string[] }>> = {
  authors: { value: 'name', key: ['id'] },
  profiles: { value: 'authorId', key: ['id'] },
  books: { value: 'pages', key: ['id'] },
  chapters: { value: 'title', key: ['bookId', 'number'] },
  notes: { value: 'text', key: ['id'] },
  tags: { value: 'name', key: ['id'] },
};

const values: Readonly<Record<TableName, readonly unknown[]>> = {
  authors: ['a0', 'a1', 'a2'],
  profiles: [1, 2, 3, 4],
  books: [0, 1, 2, null],
  chapters: ['c0', 'c1'],
  notes: ['n0', 'n1'],
  tags: ['t1', 't2', 't3'],
};

/** A table and a tree from it of at most `depth` levels. */
export function randomTree(
  random: Random,
  depth: number,
): { readonly table: TableName; readonly options: TreeOptions } {
  const names = Object.keys(known) as TableName[];
  const table = names[random(names.length)] ?? 'authors';
  return { table, options: randomOptions(random, table, true, depth) };
}

function randomOptions(random: Random, table: TableName, many: boolean, depth: number): TreeOptions {
  const { value, key } = columns[table];
  const direction = (name: string): string => (random(2) === 0 ? name : `-${name}`);
  const where = values[table][random(values[table].length)];
  const include = depth === 0 ? [] : Object.entries(known[table]).filter(() => random(2) === 0);
  return {
    ...(random(4) === 0 ? { where: { [value]: where } } : {}),
    ...(random(6) === 0 ? { where: { not: { [value]: where } } } : {}),
    ...(many ? { order: [...(random(2) === 0 ? [direction(value)] : []), ...key.map(direction)] } : {}),
    ...(many && random(3) === 0 ? { limit: random(4) } : {}),
    ...(random(4) === 0 ? { withDeleted: true } : {}),
    ...(include.length === 0
      ? {}
      : {
          include: Object.fromEntries(
            include.map(([name, relation]) => [name, randomOptions(random, relation.to, relation.many, depth - 1)]),
          ),
        }),
  };
}
