/** What a driver needs to send rows as they are. */
export interface RowsInsert {
  /** The beginning of the insert, with a placeholder for each column: `insert into t (a, b) values (?, ?)`. */
  readonly sql: string;
  /** How many characters of the statement it stands for. */
  readonly insteadOf: number;
}

/**
 * The rows of a bulk insert, as the statement's one value: in wire form for a driver that sends rows as they are, and as
 * one text for every other.
 */
export class RowSet {
  readonly rows: readonly (readonly unknown[])[];
  readonly insert: RowsInsert;
  readonly #print: () => string;

  constructor(rows: readonly (readonly unknown[])[], insert: RowsInsert, print: () => string) {
    this.rows = rows;
    this.insert = insert;
    this.#print = print;
  }

  /** What the statement's own placeholder takes. */
  get text(): string {
    return this.#print();
  }
}
