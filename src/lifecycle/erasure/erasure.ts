import type { Transaction } from '../../database/transaction.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { Where } from '../../repository/filter/where.ts';
import { definition, type AnyTable, type TableOf } from '../../schema/table/table.ts';
import { refuseUnknownOption } from '../../util/refuse-unknown-option.ts';
import { optionNames } from '../../util/unknown-option.ts';
import type { ErasureRecord } from './erasure-record.ts';

type Row = Readonly<Record<string, unknown>>;

/** The rows of a subject in one table. */
type OfSubject<Row> = (subject: string) => Where<Row>;

/** What takes the place of a row's values: a value, or a function of the row where it must differ from row to row. */
export type Replacements<Row> = { readonly [K in keyof Row]?: Row[K] | ((row: Row) => Row[K]) };

/** One table's part in an erasure. Soft-deleted rows are a subject's rows, too. */
export type ErasureStep =
  | { readonly kind: 'delete'; readonly table: AnyTable; rowsOf(subject: string): Row }
  | { readonly kind: 'anonymise'; readonly table: AnyTable; rowsOf(subject: string): Row; readonly replacements: Row }
  | { readonly kind: 'keep'; readonly table: AnyTable; rowsOf(subject: string): Row; readonly reason: string };

/** Makes the steps of an erasure. */
export interface ErasureSteps {
  /** Deletes the rows for good. */
  delete<R, I, P>(table: TableOf<R, I, P>, rowsOf: OfSubject<R>): ErasureStep;
  /** Writes other values over what tells who it was. Immutable properties may be among them. */
  anonymise<R, I, P>(table: TableOf<R, I, P>, rowsOf: OfSubject<R>, replacements: Replacements<R>): ErasureStep;
  /** Leaves the rows as they are, and the reason in the record. */
  keep<R, I, P>(table: TableOf<R, I, P>, rowsOf: OfSubject<R>, reason: string): ErasureStep;
}

export interface ErasureOptions {
  /** Told of the erasure in its transaction, beside the record in the table `rowhouse_erasure`. */
  readonly audit?: ((record: ErasureRecord, transaction: Transaction) => void | Promise<void>) | undefined;
}

const known = optionNames<ErasureOptions>({ audit: true });

/** The steps that make a service forget somebody, in order. */
export interface ErasurePlan extends ErasureOptions {
  readonly steps: readonly ErasureStep[];
}

const stepMakers: ErasureSteps = {
  delete: (table, rowsOf) => ({ kind: 'delete', table, rowsOf: rowsOf as ErasureStep['rowsOf'] }),
  anonymise(table, rowsOf, replacements) {
    const known = new Set(table[definition].columns.map(({ key }) => key));
    const stranger = Object.keys(replacements).find((key) => !known.has(key));
    if (stranger !== undefined) throw invalid(`table ${table[definition].name} has no property ${stranger}`);
    if (Object.keys(replacements).length === 0) throw invalid(`nothing of ${table[definition].name} is replaced`);
    return { kind: 'anonymise', table, rowsOf: rowsOf as ErasureStep['rowsOf'], replacements: replacements as Row };
  },
  keep(table, rowsOf, reason) {
    if (reason.trim() === '') throw invalid(`nothing says why rows of ${table[definition].name} are kept`);
    return { kind: 'keep', table, rowsOf: rowsOf as ErasureStep['rowsOf'], reason };
  },
};

/**
 * Describes how a service forgets somebody; `rowhouse erase` does it, all or nothing.
 *
 * @example
 * ```ts
 * export const customer = erasure((step) => [
 *   step.delete(schema.sessions, (subject) => ({ userId: subject })),
 *   step.anonymise(schema.users, (subject) => ({ id: subject }), { name: null, email: ({ id }) => `${id}@invalid` }),
 *   step.keep(schema.invoices, (subject) => ({ userId: subject }), 'tax law: kept for ten years'),
 * ]);
 * ```
 */
export function erasure(
  steps: (step: ErasureSteps) => readonly ErasureStep[],
  options: ErasureOptions = {},
): ErasurePlan {
  refuseUnknownOption(options, known, 'an erasure', 'CONFIG_INVALID');
  const made = steps(stepMakers);
  if (made.length === 0) throw invalid('it has no steps');
  return { ...options, steps: made };
}

function invalid(reason: string): RowhouseError {
  return new RowhouseError('CONFIG_INVALID', `erasure: ${reason}`);
}
