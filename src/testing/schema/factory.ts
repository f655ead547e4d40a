import type { Session } from '../../database/session.ts';
import { createRepository } from '../../repository/create-repository.ts';
import type { TableOf } from '../../schema/table/table.ts';

/** Makes rows of one table that are valid and each different; a test says only what matters to it. */
export interface Factory<Row, Insert> {
  /** The values of a row that is not inserted. */
  build(given?: Partial<Insert>): Insert;
  /** Inserts a row and gives it back. */
  create(session: Session, given?: Partial<Insert>): Promise<Row>;
  /** Inserts so many rows and gives them back in order. */
  createMany(session: Session, count: number, given?: Partial<Insert>): Promise<readonly Row[]>;
}

/**
 * Describes how to make rows of a table; `make` gets 1, 2, 3… so that unique values differ.
 *
 * @example
 * ```ts
 * const userFactory = factory(schema.users, (number) => ({ email: `user${number}@example.org` }));
 * const admin = await userFactory.create(database, { role: 'admin' });
 * ```
 */
export function factory<Row, Insert, Patch>(
  table: TableOf<Row, Insert, Patch>,
  make: (number: number) => NoInfer<Insert>,
): Factory<Row, Insert> {
  let made = 0;
  const build = (given?: Partial<Insert>): Insert => ({ ...make((made += 1)), ...given });
  const create = async (session: Session, given?: Partial<Insert>): Promise<Row> =>
    await createRepository(table, session).insert(build(given));
  return {
    build,
    create,
    async createMany(session, count, given) {
      return await session.transaction(async (transaction) => {
        const rows: Row[] = [];
        for (let number = 0; number < count; number += 1) rows.push(await create(transaction, given));
        return rows;
      });
    },
  };
}
