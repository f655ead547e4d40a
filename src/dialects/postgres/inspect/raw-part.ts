import type { RawObject } from '../../../catalog/model/raw-object.ts';

/** Something without a model, before its place in the order of making is known. */
export interface RawPart {
  /** Its key in the graph of dependencies. */
  readonly key: string;
  readonly object: Omit<RawObject, 'stage'>;
  /** Keys that it needs beside those the server knows of. */
  readonly needs?: readonly string[];
  /** Made after the tables even though it needs none. */
  readonly late?: boolean;
}

/** The key of an object: the server's catalog and the number in it. */
export function objectKey(catalog: string, id: string): string {
  return `${catalog}:${id}`;
}

/** SQL text under the dialect's key; none where the engine cannot print how to make it. */
export function postgresSql(sql: string | null): Readonly<Record<string, string>> {
  return sql === null ? {} : { postgresql: sql };
}
