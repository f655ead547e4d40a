import type { ColumnType } from '../../catalog/model/column-type.ts';
import type { ForeignKeyAction } from '../../catalog/model/constraint.ts';
import type { Identity } from '../../catalog/model/column.ts';
import type { EngineOptions } from '../../catalog/model/engine-options.ts';
import type { LiteralValue } from '../../catalog/model/expression.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { SqlFragment } from '../../sql/sql.ts';
import type { Rename } from '../../catalog/diff/rename.ts';
import type { ColumnReference } from './column-reference.ts';

/** Whether an insert must give the column, may, or cannot. */
export type Insertion = 'required' | 'optional' | 'never';

/** A value made in this process for each inserted row that does not give one. */
export interface CodeDefault<Value> {
  readonly kind: 'code-default';
  make(): Value;
}

/** The moment of the insert, by the database's clock. */
export interface NowDefault {
  readonly kind: 'now';
}

export interface UniqueOptions {
  /** The constraint's or index's name; derived from table and column otherwise. */
  readonly name?: string | undefined;
  /** Compare without regard to upper and lower case. */
  readonly ignoreCase?: boolean | undefined;
  /** Count soft-deleted rows too. By default unique means unique among the living. */
  readonly includeDeleted?: boolean | undefined;
  /** Count all tenants' rows together. By default unique means unique within a tenant. */
  readonly acrossTenants?: boolean | undefined;
  /** Looked at when the transaction commits, always or where it asks for that. A constraint only, never an index. */
  readonly deferrable?: 'immediate' | 'deferred' | undefined;
}

export interface ReferenceOptions {
  readonly name?: string | undefined;
  readonly onDelete?: ForeignKeyAction | undefined;
  readonly onUpdate?: ForeignKeyAction | undefined;
  /** `full`: all columns are null or none is. */
  readonly match?: 'full' | undefined;
  readonly deferrable?: 'immediate' | 'deferred' | undefined;
}

/** The constraint's name; `<table>_pkey` otherwise. */
export interface PrimaryKeyOptions {
  readonly name?: string | undefined;
}

/** What a column plays in its table beside holding a value. */
export type ColumnRole = 'created-at' | 'updated-at' | 'deleted-at' | 'tenant' | 'version';

/** Everything said about a column; the table turns it into catalog members. */
export interface ColumnDefinition {
  readonly type: ColumnType;
  readonly enumValues?: readonly string[];
  readonly enumComment?: string;
  readonly enumRenames?: readonly Rename[];
  readonly nullable: boolean;
  readonly name?: string;
  readonly literalDefault?: LiteralValue;
  readonly nowDefault?: true;
  readonly expressionDefault?: SqlFragment;
  readonly codeDefault?: CodeDefault<unknown>;
  readonly generated?: { readonly expression: SqlFragment; readonly stored: boolean };
  readonly identity?: Identity;
  readonly primaryKey?: PrimaryKeyOptions;
  readonly unique?: UniqueOptions;
  readonly index?: { readonly name?: string };
  readonly references?: { readonly target: () => ColumnReference; readonly options: ReferenceOptions };
  readonly collation?: string;
  readonly comment?: string;
  readonly options?: EngineOptions;
  /** Its name in the database before. */
  readonly renamedFrom?: string;
  readonly immutable?: true;
  readonly role?: ColumnRole;
}

/**
 * One column of a table definition. Each call returns a new builder; a column is `not null` unless it says `.null()`.
 *
 * @example
 * ```ts
 * const price = decimal({ precision: 10, scale: 2 }).default('0.00').comment('without tax');
 * ```
 */
export class ColumnBuilder<
  Value,
  Insert extends Insertion = 'required',
  Mutable extends boolean = true,
  Name extends string = string,
> {
  declare readonly $value: Value;
  declare readonly $insert: Insert;
  declare readonly $mutable: Mutable;
  /** The name in the database where `named` gave one; `string` otherwise. */
  declare readonly $name: Name;
  readonly definition: ColumnDefinition;

  constructor(definition: ColumnDefinition) {
    this.definition = definition;
  }

  /** Allows null, and an insert may leave the column out. */
  null(): ColumnBuilder<Value | null, Insert extends 'never' ? 'never' : 'optional', Mutable, Name> {
    return this.with({ nullable: true });
  }

  /** What a row gets when an insert leaves the column out: a constant, `now()`, SQL, or a value made in code. */
  default(
    value: NonNullable<Value> | null | NowDefault | CodeDefault<NonNullable<Value>> | SqlFragment,
  ): ColumnBuilder<Value, 'optional', Mutable, Name> {
    return this.with(defaultMember(value));
  }

  /** Makes the column the primary key; it cannot be updated. */
  primaryKey(options: PrimaryKeyOptions = {}): ColumnBuilder<Value, Insert, false, Name> {
    return this.with({ primaryKey: options, immutable: true });
  }

  /** No two rows share a value: among the living where the table soft-deletes, within a tenant where it has tenants. */
  unique(options: UniqueOptions = {}): ColumnBuilder<Value, Insert, Mutable, Name> {
    return this.with({ unique: options });
  }

  /** An ordinary index on this column alone. */
  index(name?: string): ColumnBuilder<Value, Insert, Mutable, Name> {
    return this.with({ index: name === undefined ? {} : { name } });
  }

  /** A foreign key: `references(() => users.id, { onDelete: 'cascade' })`. */
  references(
    target: () => ColumnReference,
    options: ReferenceOptions = {},
  ): ColumnBuilder<Value, Insert, Mutable, Name> {
    return this.with({ references: { target, options } });
  }

  /** The database computes the column from its row; nobody writes it. */
  generatedAs(
    expression: SqlFragment,
    options: { readonly stored?: boolean } = {},
  ): ColumnBuilder<Value, 'never', false, Name> {
    return this.with({ generated: { expression, stored: options.stored ?? true }, immutable: true });
  }

  /** The database numbers the rows. `always`: an insert cannot give a number of its own. */
  identity(options: Partial<Identity> = {}): ColumnBuilder<Value, 'optional', false, Name> {
    return this.with({ identity: { generation: 'by-default', ...options }, immutable: true });
  }

  /** The column's name in the database; the property's name in snake_case otherwise. */
  named<N extends string>(name: N): ColumnBuilder<Value, Insert, Mutable, N> {
    return this.with({ name });
  }

  comment(comment: string): ColumnBuilder<Value, Insert, Mutable, Name> {
    return this.with({ comment });
  }

  /** The engine's name of a collation. */
  collate(collation: string): ColumnBuilder<Value, Insert, Mutable, Name> {
    return this.with({ collation });
  }

  /** Options of one engine: `{ compression: 'lz4' }`, `{ invisible: true }`. */
  options(options: EngineOptions): ColumnBuilder<Value, Insert, Mutable, Name> {
    return this.with({ options });
  }

  /** The column's name in the database before, so that its values stay; harmless once the old name is gone. */
  renamedFrom(name: string): ColumnBuilder<Value, Insert, Mutable, Name> {
    return this.with({ renamedFrom: name });
  }

  /** Given at insert, never changed after. */
  immutable(): ColumnBuilder<Value, Insert, false, Name> {
    return this.with({ immutable: true });
  }

  /** Narrows the TypeScript type: `json().as<Address>()`. Nothing checks it at run time. */
  as<Narrow extends NonNullable<Value>>(): ColumnBuilder<
    Narrow | (null extends Value ? null : never),
    Insert,
    Mutable,
    Name
  > {
    return this.with({});
  }

  /** Names the tenant of its row: the session of an insert says it, and it never changes. */
  tenant(): ColumnBuilder<Value, 'optional', false, Name> {
    return this.with({ role: 'tenant', immutable: true });
  }

  /** Marks what the column is for; traits such as `softDelete()` use it. */
  role(role: ColumnRole): ColumnBuilder<Value, Insert, Mutable, Name> {
    return this.with({ role });
  }

  private with<V, I extends Insertion, M extends boolean, N extends string>(
    members: Partial<ColumnDefinition>,
  ): ColumnBuilder<V, I, M, N> {
    return new ColumnBuilder<V, I, M, N>({ ...this.definition, ...members });
  }
}

// oxlint-disable-next-line typescript/no-explicit-any -- the widest builder: any value type, any insertion
export type AnyColumn = ColumnBuilder<any, Insertion, boolean>;

function defaultMember(value: unknown): Partial<ColumnDefinition> {
  if (isKind<NowDefault>(value, 'now')) return { nowDefault: true };
  if (isKind<CodeDefault<unknown>>(value, 'code-default')) return { codeDefault: value };
  if (isFragment(value)) return { expressionDefault: value };
  if (typeof value === 'bigint') return { literalDefault: value.toString() };
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return { literalDefault: value };
  throw new RowhouseError(
    'SCHEMA_INVALID',
    'a default is a string, number, boolean, bigint, now(), a code default or sql``',
    {
      hint: 'write other constants as SQL: .default(sql`…`)',
    },
  );
}

function isKind<T extends { readonly kind: string }>(value: unknown, kind: T['kind']): value is T {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind;
}

function isFragment(value: unknown): value is SqlFragment {
  return typeof value === 'object' && value !== null && 'texts' in value && 'inserts' in value;
}
