import type { Catalog } from '../catalog/model/catalog.ts';
import type { Connection } from '../driver/connection.ts';
import type { DoneProbe } from './definition.ts';

export interface InspectOptions {
  /** Namespaces to read beside the connection's default one. Objects of the default one carry no namespace. */
  readonly namespaces?: readonly string[] | undefined;
  /** Tables to leave out, by name: the ledger and its companions. */
  readonly exclude?: readonly string[] | undefined;
}

/** Reads what a database is. Never changes anything. */
export interface Inspector {
  /**
   * The whole catalog as the engine reports it. What the catalog has no model of comes back in `raw`, with the SQL that
   * makes it; nothing is left out silently. Expressions are the engine's own text.
   */
  inspect(connection: Connection, options?: InspectOptions): Promise<Catalog>;
  /** Answers one question about one object, cheaply. */
  holds(connection: Connection, probe: DoneProbe): Promise<boolean>;
}
