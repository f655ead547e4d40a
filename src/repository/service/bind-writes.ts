import type { Key, UpsertOptions, Upserted } from '../repository.ts';
import { checkBySchema, refuseFaults } from './input-check.ts';
import type { HookContext, RowChange } from './service-hooks.ts';
import type { Service } from './service.ts';
import type { InContext, ServiceParts } from './service-parts.ts';

type Values = Readonly<Record<string, unknown>>;
type Writes<Row, Input, Change> = Pick<
  Service<Row, Input, Change>,
  'create' | 'createMany' | 'upsert' | 'update' | 'delete' | 'restore'
>;

/** The writing half of a service: check, hook, write, hook, event. */
export function bindWrites<Row extends object, Insert extends object, Patch extends object, Input, Change>(
  parts: ServiceParts<Row, Insert, Patch, Input, Change>,
  inContext: InContext<Row, Insert, Patch>,
  ignoresImmutable: boolean,
): Writes<Row, Input, Change> {
  const { hooks } = parts;
  type Context = HookContext<Row, Insert, Patch>;
  const tell = async (change: RowChange<Row>, context: Context): Promise<void> => {
    await hooks.events?.(change, context);
  };
  const created = async (row: Row, context: Context): Promise<Row> => {
    await hooks.afterCreate?.(row, context);
    await tell({ kind: 'created', row }, context);
    return row;
  };
  const updated = async (
    row: Row,
    before: Row | undefined,
    fields: readonly string[],
    context: Context,
  ): Promise<Row> => {
    await hooks.afterUpdate?.(row, context);
    await tell({ kind: 'updated', row, before, fields }, context);
    return row;
  };
  /** The row that is about to change, where somebody wants to know it. */
  const rowBefore = async (key: Key, { repository }: Context): Promise<Row | undefined> =>
    hooks.events === undefined ? undefined : await repository.lock(key);

  return {
    async create(input) {
      const [checked] = await checkInputs([input], parts, []);
      return await inContext(async (context) => {
        const [values] = await insertsOf([checked as Input], parts, context, []);
        return await created(await context.repository.insert(values as Insert), context);
      });
    },

    async createMany(inputs) {
      const checked = await checkInputs(inputs, parts, 'list');
      return await inContext(async (context) => {
        const rows = await insertsOf(checked, parts, context, 'list');
        if (hooks.afterCreate === undefined && hooks.events === undefined)
          return await context.repository.insertMany(rows);
        for (const values of rows) await created(await context.repository.insert(values), context);
        return rows.length;
      });
    },

    async upsert(input, options) {
      const [checked] = await checkInputs([input], parts, []);
      return await inContext(async (context): Promise<Upserted<Row>> => {
        const [values] = await insertsOf([checked as Input], parts, context, []);
        const done = await context.repository.upsert(values as Insert, options);
        if (done.created) await created(done.row, context);
        else await updated(done.row, undefined, upsertedFields(values as Insert, options), context);
        return done;
      });
    },

    async update(key, change) {
      const faults = parts.check.change(change as Values, ignoresImmutable);
      const { values, faults: more } = await checkBySchema(change, parts.validate.update);
      refuseFaults([...faults, ...more], parts.check.label);
      return await inContext(async (context) => {
        const patch = hooks.beforeUpdate
          ? await hooks.beforeUpdate(values, context, key)
          : (values as unknown as Patch);
        const before = await rowBefore(key, context);
        const row = await context.repository.update(key, patch);
        return await updated(row, before, Object.keys(patch), context);
      });
    },

    async delete(key, options) {
      await inContext(async (context) => {
        await hooks.beforeDelete?.(key, context);
        const before = await rowBefore(key, context);
        await context.repository.delete(key, options);
        await hooks.afterDelete?.(key, context);
        if (before !== undefined) await tell({ kind: 'deleted', before }, context);
      });
    },

    async restore(key) {
      return await inContext(async (context) => {
        await hooks.beforeRestore?.(key, context);
        const row = await context.repository.restore(key);
        await hooks.afterRestore?.(row, context);
        await tell({ kind: 'restored', row }, context);
        return row;
      });
    },
  };
}

/** Where faults lie: in the one input, or in the input of that place in the list. */
type Place = readonly [] | 'list';

function placeOf(place: Place, index: number): readonly string[] {
  return place === 'list' ? [String(index)] : [];
}

/** The inputs as the user's own schema gives them; every fault of every one of them at once. */
async function checkInputs<Row, Insert, Patch, Input, Change>(
  inputs: readonly Input[],
  { check, validate }: ServiceParts<Row, Insert, Patch, Input, Change>,
  place: Place,
): Promise<readonly Input[]> {
  const checked = await Promise.all(
    inputs.map(async (input, index) => {
      const at = placeOf(place, index);
      const { values, faults } = await checkBySchema(input, validate.create, at);
      return { values, faults: [...check.input(input as Values, at), ...faults] };
    }),
  );
  refuseFaults(
    checked.flatMap(({ faults }) => faults),
    check.label,
  );
  return checked.map(({ values }) => values);
}

/** What is inserted for checked inputs. */
async function insertsOf<Row, Insert, Patch, Input, Change>(
  inputs: readonly Input[],
  { hooks, check }: ServiceParts<Row, Insert, Patch, Input, Change>,
  context: HookContext<Row, Insert, Patch>,
  place: Place,
): Promise<readonly Insert[]> {
  if (hooks.beforeCreate === undefined) return inputs as readonly unknown[] as readonly Insert[];
  const rows: Insert[] = [];
  for (const input of inputs) rows.push(await hooks.beforeCreate(input, context));
  refuseFaults(
    rows.flatMap((row, index) => check.values(row as Values, placeOf(place, index))),
    check.label,
  );
  return rows;
}

function upsertedFields<Row>(values: object, { match, update }: UpsertOptions<Row>): readonly string[] {
  const key = new Set<string>(match);
  return update ?? Object.keys(values).filter((name) => !key.has(name));
}
