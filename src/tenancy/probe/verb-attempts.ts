import type { Repository } from '../../repository/repository.ts';
import type { TablePlan } from '../../repository/table-plan.ts';
import type { Attempt, AttemptContext, Row } from './attempt.ts';

type Verb = Exclude<keyof Repository<Row, Row, Row>, symbol>;
type Try = (context: AttemptContext) => Promise<number>;

const always = (): boolean => true;
const softDeletes = ({ deletedAt }: TablePlan): boolean => deletedAt !== undefined;

/** Each verb of a repository aimed at the row of another tenant; a verb that is not here does not compile. */
const verbs: Readonly<Record<Verb, Try>> = {
  get: async ({ repository, key, isTheirs }) => Number(isTheirs(await repository.get(key))),
  find: async (context) => theirs(context, [await context.repository.find(context.key, { withDeleted: true })]),
  getMany: async (context) => theirs(context, await context.repository.getMany([context.key])),
  findMany: async (context) => theirs(context, await context.repository.findMany([context.key])),
  coalesced: async (context) => {
    const reads = context.repository.coalesced();
    return theirs(context, [await reads.find(context.key, { withDeleted: true })]);
  },
  getBy: async (context) => theirs(context, [await context.repository.getBy(context.where)]),
  findBy: async (context) => theirs(context, [await context.repository.findBy(context.where)]),
  list: async (context) => theirs(context, await context.repository.list({ withDeleted: true })),
  listAndCount: async ({ repository, where }) => (await repository.listAndCount({ where })).total,
  page: async (context) => theirs(context, (await context.repository.page({ limit: 1000 })).rows),
  count: async ({ repository, where }) => await repository.count(where),
  estimateCount: async ({ repository, where }) => (await repository.estimateCount(where, { exactUpTo: 1000 })).count,
  exists: async ({ repository, where }) => Number(await repository.exists(where)),
  aggregate: async ({ repository, where }) => {
    const [row] = await repository.aggregate({ where, count: true });
    return Number(row?.count ?? 0);
  },
  stream: async (context) => {
    const rows: Row[] = [];
    for await (const row of context.repository.stream()) rows.push(row);
    return theirs(context, rows);
  },
  lock: async ({ repository, key, isTheirs }) => Number(isTheirs(await repository.lock(key))),
  lockList: async (context) => theirs(context, await context.repository.lockList()),
  search: async (context) => {
    const fields = context.plan.fields.filter(({ type }) => type.kind === 'text' || type.kind === 'varchar');
    return theirs(context, await context.repository.search('', { fields: fields.map(({ key }) => key) }));
  },
  insert: async (context) => theirs(context, [await context.repository.insert(claimed(context))]),
  insertMany: async ({ repository, ...context }) => await repository.insertMany([claimed(context)]),
  update: async (context) => theirs(context, [await context.repository.update(context.key, context.patch)]),
  updateWhere: async ({ repository, where, patch }) => await repository.updateWhere(where, patch),
  upsert: async (context) => {
    const { row } = await context.repository.upsert(stolen(context), { match: keysOf(context.plan) });
    return theirs(context, [row]);
  },
  upsertMany: async ({ repository, ...context }) =>
    await repository.upsertMany([stolen(context)], { match: keysOf(context.plan) }),
  getOrCreate: async (context) => {
    const { row } = await context.repository.getOrCreate(stolen(context), { match: keysOf(context.plan) });
    return theirs(context, [row]);
  },
  delete: async ({ repository, key }) => await counted(repository.delete(key)),
  deleteWhere: async ({ repository, where }) => await repository.deleteWhere(where),
  softDelete: async ({ repository, key }) => await counted(repository.softDelete(key)),
  restore: async ({ repository, key }) => await counted(repository.restore(key)),
  purge: async ({ repository, key }) => await counted(repository.purge(key)),
  purgeWhere: async ({ repository, where }) => await repository.purgeWhere(where),
};

const needs: Readonly<Partial<Record<Verb, Attempt['isFor']>>> = {
  search: ({ fields }) => fields.some(({ type }) => type.kind === 'text' || type.kind === 'varchar'),
  update: canChange,
  updateWhere: canChange,
  softDelete: softDeletes,
  restore: softDeletes,
  purge: softDeletes,
  purgeWhere: softDeletes,
};

const afterDelete: ReadonlySet<string> = new Set(['restore', 'purge', 'purgeWhere']);

/** Every verb of a repository, reads of related rows, and rows beneath another tenant's parents. */
export const verbAttempts: readonly Attempt[] = [
  ...Object.entries(verbs).map(([name, run]): Attempt => ({
    name,
    ...(afterDelete.has(name) ? { onDeleted: true } : {}),
    isFor: needs[name as Verb] ?? always,
    run,
  })),
  {
    name: 'include',
    isFor: ({ relationOf }) => relationOf.size > 0,
    run: async (context) => {
      const include = Object.fromEntries([...context.plan.relationOf.keys()].map((name) => [name, true]));
      const options: object = { include };
      return deepTheirs(context, await context.repository.list(options));
    },
  },
  {
    name: 'insert beneath',
    isFor: ({ definition }) => definition.catalogTable.foreignKeys.length > 0,
    run: async (context) => {
      await context.repository.insert(context.fresh('other'));
      return 0;
    },
  },
];

function canChange({ fields, primaryKey }: TablePlan): boolean {
  return fields.some((field) => !field.immutable && !field.generated && !primaryKey.includes(field));
}

/** A row that says it is the other tenant's. */
function claimed({ plan, victim, fresh }: Omit<AttemptContext, 'repository'>): Row {
  const tenant = plan.tenant?.key ?? '';
  return { ...fresh('own'), [tenant]: victim[tenant] };
}

/** A row of one's own with the other's key. */
function stolen({ plan, victim, fresh }: Omit<AttemptContext, 'repository'>): Row {
  return { ...fresh('own'), ...Object.fromEntries(keysOf(plan).map((key) => [key, victim[key]])) };
}

function keysOf({ primaryKey }: TablePlan): readonly string[] {
  return primaryKey.map(({ key }) => key);
}

function theirs({ isTheirs }: AttemptContext, rows: readonly (Row | undefined)[]): number {
  return rows.filter((row) => row !== undefined && isTheirs(row)).length;
}

/** The rows of the other tenant anywhere in what was read. Related tables call their tenant alike. */
function deepTheirs(context: AttemptContext, value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + deepTheirs(context, one), 0);
  if (typeof value !== 'object' || value === null || value instanceof Date) return 0;
  const row = value as Row;
  const inside = Object.values(row).reduce<number>((sum, one) => sum + deepTheirs(context, one), 0);
  return inside + Number(context.isTheirs(row));
}

async function counted(call: Promise<unknown>): Promise<number> {
  await call;
  return 1;
}
