import type { EngineOptions } from '../../catalog/model/engine-options.ts';
import type { SqlFragment } from '../../sql/sql.ts';
import { sql } from '../../sql/sql.ts';
import { ColumnReference, type IndexKeyInput } from '../column/column-reference.ts';
import type { PrimaryKeyOptions, ReferenceOptions, UniqueOptions } from '../column/column-builder.ts';

/** What spans the columns of a table. */
export type TableMember = PrimaryKeyMember | UniqueMember | IndexMember | CheckMember | ForeignKeyMember;

export interface PrimaryKeyMember {
  readonly kind: 'primary-key';
  readonly columns: readonly ColumnReference[];
  readonly name?: string;
}

export interface UniqueMember {
  readonly kind: 'unique';
  readonly columns: readonly ColumnReference[];
  readonly options: UniqueOptions & { readonly nullsNotDistinct?: boolean };
}

export interface IndexMember {
  readonly kind: 'index';
  readonly keys: readonly IndexKeyInput[];
  readonly options: IndexOptions;
}

export interface CheckMember {
  readonly kind: 'check';
  readonly name: string;
  readonly expression: SqlFragment;
  readonly options: CheckOptions;
}

export interface CheckOptions {
  /** Tables that inherit from this one do not keep it. */
  readonly noInherit?: boolean;
  /** Said, and not looked at. */
  readonly notEnforced?: boolean;
}

export interface ForeignKeyMember {
  readonly kind: 'foreign-key';
  readonly columns: readonly ColumnReference[];
  readonly target: () => readonly ColumnReference[];
  readonly options: ReferenceOptions;
}

export interface IndexOptions {
  readonly name?: string;
  readonly unique?: boolean;
  /** A unique index may count all tenants' rows together; otherwise it must begin with the tenant. */
  readonly acrossTenants?: boolean;
  /** The engine's word: `hash`, `gin`, `gist`, `fulltext`… */
  readonly method?: string;
  /** Only rows for which this holds are in the index. */
  readonly where?: SqlFragment;
  /** Columns carried in the index without being part of its key. */
  readonly include?: readonly ColumnReference[];
  /** Two nulls are the same, so that only one row may have one. */
  readonly nullsNotDistinct?: boolean;
  readonly comment?: string;
  /** Options of one engine: `{ fillfactor: 70 }`, `{ invisible: true }`. */
  readonly options?: EngineOptions;
  /** Its name before; only an index that changes as well must say it. */
  readonly renamedFrom?: string;
}

type IndexPart = ColumnReference | IndexKeyInput | SqlFragment;

/** An index: columns, `t.createdAt.desc()`, expressions, and at the end, if need be, its options. */
export function index(...parts: readonly (IndexPart | IndexOptions)[]): IndexMember {
  const keys: IndexKeyInput[] = [];
  let options: IndexOptions = {};
  for (const part of parts) {
    if (part instanceof ColumnReference || 'texts' in part) keys.push({ key: part });
    else if ('key' in part) keys.push(part);
    else options = part;
  }
  return { kind: 'index', keys, options };
}

/** A unique index: like `index`, and no two rows share a key. For plain columns prefer `unique`. */
export function uniqueIndex(...parts: readonly (IndexPart | IndexOptions)[]): IndexMember {
  const member = index(...parts);
  return { ...member, options: { ...member.options, unique: true } };
}

/** No two rows share these columns: among the living, within a tenant, unless the options say otherwise. */
export function unique(columns: readonly ColumnReference[], options: UniqueMember['options'] = {}): UniqueMember {
  return { kind: 'unique', columns, options };
}

/** The primary key over several columns, and at the end, if need be, its name: `primaryKey(t.a, t.b, { name: 'pk' })`. */
export function primaryKey(...parts: readonly (ColumnReference | PrimaryKeyOptions)[]): PrimaryKeyMember {
  const columns = parts.filter((part) => part instanceof ColumnReference);
  const name = parts.flatMap((part) => (part instanceof ColumnReference ? [] : (part.name ?? []))).at(0);
  return { kind: 'primary-key', columns, ...(name === undefined ? {} : { name }) };
}

/** A rule every row keeps: `check('price_positive', sql`${t.price} > 0`)`. */
export function check(name: string, expression: SqlFragment, options: CheckOptions = {}): CheckMember {
  return { kind: 'check', name, expression, options };
}

/** A foreign key over several columns: `foreignKey([t.a, t.b], () => [other.a, other.b])`. */
export function foreignKey(
  columns: readonly ColumnReference[],
  target: () => readonly ColumnReference[],
  options: ReferenceOptions = {},
): ForeignKeyMember {
  return { kind: 'foreign-key', columns, target, options };
}

/** A column in lower case, as an index key: `uniqueIndex(lower(t.email))`. */
export function lower(column: ColumnReference): SqlFragment {
  return sql`lower(${column})`;
}
