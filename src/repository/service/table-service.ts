import type { Session } from '../../database/session.ts';
import type { Dialect } from '../../dialect/dialect.ts';
import type { AnyColumn } from '../../schema/column/column-builder.ts';
import type { Columns, InsertOf } from '../../schema/infer/row-types.ts';
import { definition, type AnyTable, type TableOf } from '../../schema/table/table.ts';
import type { RepositoryOptions } from '../create-repository.ts';
import { bindService } from './bind-service.ts';
import { refuseUnknownOptions } from './refuse-unknown-options.ts';
import { includedReads, type IncludedReads, type RelatedReads } from './included-reads.ts';
import { InputCheck } from './input-check.ts';
import { loneVerbs, type LoneVerb } from './lone-verbs.ts';
import type { ServiceHooks } from './service-hooks.ts';
import type { Service } from './service.ts';
import type { SomeOf, StandardSchema } from './standard-schema.ts';

/** A table with its hooks; `on` makes it work on a session. */
export interface TableService<Row, Input, Change> {
  readonly table: AnyTable;
  /** What a caller may give beside the columns. */
  readonly takes: Readonly<Record<string, AnyColumn>>;
  /** The properties that hooks make, so that no caller gives them. */
  readonly makes: readonly string[];
  /** Where neither a hook nor a schema of `validate` takes part: there the table's own statement does all of it. */
  readonly alone: ReadonlySet<LoneVerb>;
  /** Its read hooks, for services whose rows bring rows of this table along. */
  readonly included: IncludedReads;
  /** The same service, whose reads run the read hooks of the service of each relation that comes along. */
  including(
    services: (relation: string) => { readonly included: IncludedReads } | undefined,
  ): TableService<Row, Input, Change>;
  /** On a database each write is a transaction of its own; on a transaction it is part of that one. */
  on(session: Session, options?: RepositoryOptions): Service<Row, Input, Change>;
}

type Given<Insert, Taken extends Columns, Made extends PropertyKey> = Omit<Insert, Made> & InsertOf<Taken>;
type Changed<Patch, Taken extends Columns, Made extends PropertyKey> = Omit<Patch, Made> & Partial<InsertOf<Taken>>;

export interface TableServiceOptions<
  Row,
  Insert,
  Patch,
  Taken extends Columns,
  Made extends PropertyKey,
> extends ServiceHooks<Row, Insert, Patch, Given<Insert, Taken, Made>, Changed<Patch, Taken, Made>> {
  /** What a caller gives beside the columns, e.g. a password in plain text; a hook must drop it. */
  readonly takes?: Taken;
  /** The columns that hooks fill, e.g. the password's hash. */
  readonly makes?: readonly Made[];
  /**
   * Rules of your own beyond the columns' types, as schemas of any library that speaks Standard Schema. What a schema
   * gives replaces what was given; properties that it leaves out stay.
   */
  readonly validate?: {
    readonly create?: StandardSchema<SomeOf<Given<Insert, Taken, Made>>> | undefined;
    readonly update?: StandardSchema<SomeOf<Changed<Patch, Taken, Made>>> | undefined;
  };
}

/**
 * A table with checks and hooks around its verbs. Hooks run in the transaction of the call, so both last or neither; a
 * retried transaction runs them again, so what cannot be undone belongs into `transaction.afterCommit`.
 *
 * @example
 * ```ts
 * export const accounts = tableService(users, {
 *   takes: { password: text({ max: 72 }) },
 *   makes: ['passwordHash'],
 *   beforeCreate: async ({ password, ...user }) => ({ ...user, passwordHash: await hash(password) }),
 * });
 * const row = await accounts.on(database).create({ email, password });
 * ```
 */
export function tableService<
  Row extends object,
  Insert extends object,
  Patch extends object,
  // oxlint-disable-next-line typescript/no-empty-object-type -- nothing beside the columns
  Taken extends Columns = {},
  Made extends Extract<keyof Insert, string> = never,
>(
  table: TableOf<Row, Insert, Patch>,
  options: TableServiceOptions<Row, Insert, Patch, Taken, Made> = {},
): TableService<Row, Given<Insert, Taken, Made>, Changed<Patch, Taken, Made>> {
  refuseUnknownOptions(options, table[definition].name);
  const { takes = {}, makes = [], validate = {} } = options;
  const alone = loneVerbs(options);
  const checks = new WeakMap<Dialect, InputCheck>();
  const checkFor = (dialect: Dialect): InputCheck => {
    let check = checks.get(dialect);
    if (check === undefined) checks.set(dialect, (check = new InputCheck({ table, takes, makes }, dialect)));
    return check;
  };
  const make = (related: RelatedReads): TableService<Row, Given<Insert, Taken, Made>, Changed<Patch, Taken, Made>> => ({
    table,
    takes,
    makes,
    alone,
    included: includedReads(table, options, related),
    including: (services) => make((relation) => services(relation)?.included),
    on: (session, repository) =>
      bindService({ table, hooks: options, validate, check: checkFor(session.dialect), related }, session, repository),
  });
  return make(() => undefined);
}
