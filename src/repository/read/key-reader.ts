import type { Session } from '../../database/session.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { FilterNode } from '../filter/filter-node.ts';
import { allOf, reachOf } from '../filter/reach.ts';
import { resolveInclude, type IncludeOptions } from '../include/include-tree.ts';
import { rowMapper } from '../include/tree-mapper.ts';
import { encodeKey } from '../key.ts';
import type { PlanCache } from '../plan-cache.ts';
import { refuseUnknownOptions } from '../refuse-unknown-options.ts';
import type { Key, ReadOptions } from '../repository.ts';
import type { TablePlan } from '../table-plan.ts';
import { encodeValue } from '../write/encode-value.ts';
import { readOptions } from './reader.ts';
import { bindSelect } from './select.ts';

type Row = Record<string, unknown>;
type Encoded = readonly unknown[];

/** Reads rows by their keys: one statement for any number of them. */
export class KeyReader {
  private readonly plan: TablePlan;
  private readonly plans: PlanCache;

  constructor(plan: TablePlan, plans: PlanCache) {
    this.plan = plan;
    this.plans = plans;
  }

  async getMany(session: Session, keys: readonly Key[], options?: ReadOptions & IncludeOptions): Promise<Row[]> {
    refuseUnknownOptions(options, 'getMany', this.plan);
    const found = await this.findMany(session, keys, options);
    const rows = found.filter((row) => row !== undefined);
    if (rows.length === found.length) return rows;
    const missing = found.length - rows.length;
    throw new RowhouseError('ROW_NOT_FOUND', `${missing} of ${found.length} keys have no row in ${this.plan.label}`, {
      details: { table: this.plan.label, missing },
      hint: 'findMany gives undefined in the place of a row that is not there',
    });
  }

  async findMany(
    session: Session,
    keys: readonly Key[],
    options?: ReadOptions & IncludeOptions,
  ): Promise<(Row | undefined)[]> {
    const { plan } = this;
    refuseUnknownOptions(options, 'findMany', plan);
    const wanted = keys.map((key): Encoded => encodeKey(key, plan));
    if (wanted.length === 0) return [];
    const include = resolveInclude(options, plan, session);
    const distinct = new Map(wanted.map((encoded) => [identity(encoded), encoded]));
    const filter = allOf(reachOf(plan, session, options?.withDeleted === true), this.among([...distinct.values()]));
    const { statement, values } = bindSelect({ include, filter, order: [] }, plan, this.plans);
    const { rows } = await session.run(statement, values, readOptions);
    const byKey = new Map(rows.map(rowMapper(include, plan)).map((row) => [this.identityOf(row), row]));
    return wanted.map((encoded) => byKey.get(identity(encoded)));
  }

  private among(keys: readonly Encoded[]): FilterNode {
    const [field, ...more] = this.plan.primaryKey;
    if (field === undefined || more.length > 0) return { kind: 'tuple', fields: this.plan.primaryKey, tuples: keys };
    return { kind: 'list', field, negated: false, values: keys.map(([value]) => value) };
  }

  private identityOf(row: Row): string {
    return identity(this.plan.primaryKey.map((field) => encodeValue(field, row[field.key], this.plan)));
  }
}

/** The same text for the same key. */
function identity(encoded: Encoded): string {
  return JSON.stringify(
    encoded.map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('base64') : String(value))),
  );
}
