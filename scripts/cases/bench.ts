import type { ServiceDatabase } from '../../src/connect/service-session.ts';
import type { Segment } from '../../src/migration/script/segments.ts';
import type { Case } from './case.ts';
import type { Stop } from './measure-statements.ts';

/** A server on which cases are driven, by the engine's own client wherever the project could flatter itself. */
export interface Bench extends AsyncDisposable {
  /** `postgresql 15`. */
  readonly name: string;
  /** Why a case is not for this server; undefined: it is. */
  refuses(one: Case): string | undefined;
  /** Makes an empty database and what the case needs beside it. */
  make(database: string, one: Case): Promise<void>;
  copy(from: string, to: string, one: Case): Promise<void>;
  drop(databases: readonly string[], one: Case): Promise<void>;
  /** Runs SQL text with the engine's client. The error's text, or undefined when all went well. */
  run(database: string, sql: string): Promise<ClientFailure | undefined>;
  /** The statements of a case. */
  split(sql: string): readonly string[];
  open(database: string): Promise<ServiceDatabase>;
  /** What an independent tool says of the database, column order aside. */
  dump(database: string): Promise<string>;
  /** Puts rows into every table; gives the tables that take none. */
  fill(database: string): Promise<readonly string[]>;
  tables(database: string): Promise<ReadonlyMap<string, TableFacts>>;
  /** Runs a plan statement by statement and gives those that stop writers while they read rows. Absent: it cannot be seen. */
  measure?(database: string, segments: readonly Segment[]): Promise<readonly Stop[]>;
  /** Those of some rows that the table has a place for: none that no partition takes. Absent: there is always a place. */
  placed?(database: string, table: string, kept: KeptRows): Promise<readonly string[]>;
  /** The values of these columns, a text for each row, sorted. */
  rows(database: string, table: string, columns: readonly string[]): Promise<readonly string[]>;
}

export interface TableFacts {
  /** Changes when the table is made anew. */
  readonly identity: string;
  /** Ordinary or partitioned: between the two a table has to be made anew, and its rows are moved. Absent: there is one kind. */
  readonly form?: string;
  /** Types by column, of the columns that hold values of their own. */
  readonly columns: ReadonlyMap<string, string>;
}

export interface ClientFailure {
  readonly message: string;
}

/** Rows that were there, by the values of some columns. */
export interface KeptRows {
  readonly columns: readonly string[];
  readonly rows: readonly string[];
}
