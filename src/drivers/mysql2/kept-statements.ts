import { firstKeyword } from '../../driver/first-keyword.ts';
import type { Prepared } from './flight.ts';
import type { MysqlClient, MysqlPrepared } from './library.ts';

/** 256 a connection: the server keeps 16,382 for all of them together, so sixty busy connections fit. */
export const keptStatements = 256;

const writing: ReadonlySet<string> = new Set(['insert', 'replace', 'update', 'delete']);

/** The prepared statements of one connection, under their text; the one that was not used for longest makes room. */
export class KeptStatements {
  readonly #client: MysqlClient;
  readonly #statements = new Map<string, Prepared>();

  constructor(client: MysqlClient) {
    this.#client = client;
  }

  get(sql: string): Prepared | undefined {
    const known = this.#statements.get(sql);
    // While there is room nobody asks who was used last.
    if (known !== undefined && this.#statements.size >= keptStatements) {
      this.#statements.delete(sql);
      this.#statements.set(sql, known);
    }
    return known;
  }

  /** Prepares a statement; `keep` it until room is needed, else until it is forgotten. */
  async prepare(sql: string, keep: boolean): Promise<Prepared> {
    const { promise, resolve, reject } = Promise.withResolvers<MysqlPrepared>();
    this.#client.prepare({ sql }, (error, statement) => {
      if (error === null && statement !== undefined) resolve(statement);
      else reject(error ?? new Error('the server prepared nothing'));
    });
    const { id, parameters } = await promise;
    const prepared = { id, parameterCount: parameters.length, writes: writing.has(firstKeyword(sql)) };
    if (keep) this.#keep(sql, prepared);
    return prepared;
  }

  forget(sql: string): void {
    this.#statements.delete(sql);
    this.#client.unprepare(sql);
  }

  #keep(sql: string, prepared: Prepared): void {
    if (this.#statements.size >= keptStatements) {
      const oldest = this.#statements.keys().next();
      if (oldest.done !== true) this.forget(oldest.value);
    }
    this.#statements.set(sql, prepared);
  }
}
