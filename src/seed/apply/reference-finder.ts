import type { Session } from '../../database/session.ts';
import { createRepository } from '../../repository/create-repository.ts';
import type { Where } from '../../repository/filter/where.ts';
import { definition, type AnyTable, type TableOf } from '../../schema/table/table.ts';
import type { CheckedReference, CheckedRow } from '../check/checked-seed.ts';

type Row = Record<string, unknown>;

/** Finds the rows that seeds refer to, each once. */
export class ReferenceFinder {
  private readonly session: Session;
  private readonly found = new Map<string, unknown>();

  constructor(session: Session) {
    this.session = session;
  }

  /** The row with its references replaced by values; undefined while one of them is not there. */
  async resolve({ values, references }: CheckedRow): Promise<Row | undefined> {
    const resolved: Row = { ...values };
    for (const reference of references) {
      const value = await this.find(reference);
      if (value === undefined) return undefined;
      resolved[reference.property] = value;
    }
    return resolved;
  }

  private async find({ table, target, match }: CheckedReference): Promise<unknown> {
    const identity = identityOf(table, target, match);
    const known = this.found.get(identity);
    if (known !== undefined) return known;
    const repository = createRepository(table as TableOf<Row, Row, Row>, this.session);
    const value = (await repository.findBy(match as Where<Row>))?.[target];
    if (value !== undefined) this.found.set(identity, value);
    return value;
  }
}

function identityOf(table: AnyTable, target: string, match: Readonly<Record<string, unknown>>): string {
  const { namespace = '', name } = table[definition];
  return JSON.stringify([
    namespace,
    name,
    target,
    ...Object.entries(match).map(([key, value]) => [key, String(value)]),
  ]);
}
