/** What a column of a question about a definition holds. */
export type Cell = string | number | boolean | null;

/** One line to a server, as the benches use it. */
export interface Line {
  query(sql: string): Promise<readonly Readonly<Record<string, Cell>>[]>;
}
