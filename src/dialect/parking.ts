import type { ObjectName } from '../catalog/model/object-name.ts';
import type { Connection } from '../driver/connection.ts';
import type { ObjectReference } from './definition.ts';

/** A table, or one column of it, by the name that it had before it was parked. */
export interface Parked {
  readonly table: ObjectName;
  /** Absent: the whole table. */
  readonly column?: string;
  /** What tells it from others of its name that are parked too. */
  readonly mark?: string;
}

/** Where an engine keeps what is parked. */
export interface Parking {
  /** The object that holds the rows or values, whether or not it is still there. */
  placeOf(parked: Parked): ObjectReference;
  /** The statement that removes it for good. */
  purge(parked: Parked): string;
  /** How much is kept there. Asks the engine's estimates and counts no rows of a large table. */
  measure(connection: Connection, parked: Parked): Promise<ParkedSize>;
}

export interface ParkedSize {
  /** Of the table that is parked, or that has the column. Absent: the engine does not tell. */
  readonly rows?: number;
  /** Absent: the engine does not tell, as for a single column. */
  readonly bytes?: number;
}
