import type { BlockedTable } from '../../../dialect/blocking.ts';
import type { DefinitionStatement, Precheck } from '../../../dialect/definition.ts';
import { displayName, type ObjectName } from '../../../catalog/model/object-name.ts';

/** What a step may say beside its SQL. */
export interface StepOptions {
  readonly note?: string | undefined;
  readonly prechecks?: readonly Precheck[] | undefined;
  /** The temporary index that it uses up: a resumed run then does not miss it and build it again. */
  readonly usesUp?: ObjectName | undefined;
  /** What it does with rows while others wait. */
  readonly holdsUp?: BlockedTable | undefined;
  /** True: whether it can be made while others go on is found out when it is run. */
  readonly asks?: true | undefined;
}

/** A strong lock for a moment, in a transaction that begins here. */
export function begins(sql: string, options: StepOptions = {}): DefinitionStatement {
  return { sql, transactional: true, class: 'catalog', segment: 'start', ...given(options) };
}

/** A strong lock for a moment, in the transaction of the statement before. */
export function joins(sql: string, options: StepOptions = {}): DefinitionStatement {
  return { sql, transactional: true, class: 'catalog', ...given(options) };
}

/** The first begins a transaction and the others join it. */
export function together(statements: readonly string[], options: StepOptions = {}): readonly DefinitionStatement[] {
  return statements.map((sql, position) => (position === 0 ? begins(sql, options) : joins(sql)));
}

/** Rows are read under a lock that lets others read and write. */
export function scans(sql: string, options: StepOptions = {}): DefinitionStatement {
  return { sql, transactional: true, class: 'scan', segment: 'alone', ...given(options) };
}

/** An index is built while others read and write. */
export function builds(sql: string, index: ObjectName, options: StepOptions = {}): DefinitionStatement {
  const done = { question: 'exists', object: { kind: 'index', ...index } } as const;
  return { sql, transactional: false, class: 'build', segment: 'alone', done, ...given(options) };
}

/** An index is dropped once nobody uses it any more; a second run finds nothing to drop. */
export function clears(sql: string): DefinitionStatement {
  return { sql, transactional: false, class: 'build', segment: 'alone', repeatable: true };
}

/** Rows are written in batches, each in a transaction of its own; a second run goes on with what is left. */
export function writes(sql: string, options: StepOptions = {}): DefinitionStatement {
  return { sql, transactional: false, class: 'data', segment: 'alone', repeatable: true, ...given(options) };
}

/** The short form: one statement that joins the one before. */
export function plainly(sql: string, options: StepOptions = {}): DefinitionStatement {
  return { sql, transactional: true, ...given(options) };
}

/** The rows of the table are gone through while nobody else can write to it. */
export function reading(table: ObjectName): StepOptions {
  return { holdsUp: { table: displayName(table), does: 'reads' } };
}

/** The table is written anew while nobody else can use it, and the statement says so. */
export function rewriting(table: ObjectName): StepOptions {
  return {
    note: `rewrites ${table.name} while nobody else can use it`,
    holdsUp: { table: displayName(table), does: 'rewrites' },
  };
}

function given({
  note,
  prechecks = [],
  usesUp,
  holdsUp,
  asks,
}: StepOptions): Pick<DefinitionStatement, 'note' | 'prechecks' | 'done' | 'holdsUp' | 'asks'> {
  return {
    ...(note === undefined ? {} : { note }),
    ...(holdsUp === undefined ? {} : { holdsUp }),
    ...(asks === undefined ? {} : { asks }),
    ...(prechecks.length === 0 ? {} : { prechecks }),
    ...(usesUp === undefined ? {} : { done: { question: 'missing', object: { kind: 'index', ...usesUp } } }),
  };
}
