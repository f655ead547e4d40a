import type { ObjectName } from '../catalog/model/object-name.ts';
import type { Connection } from '../driver/connection.ts';

/** How much room tables take, and how much there is. */
export interface SpaceProbe {
  /** Bytes on disk of a table and its indexes, as the server keeps account of it; 0: there is no such table. */
  sizeOf(connection: Connection, table: ObjectName): Promise<number>;
  /** Bytes that are free where tables are kept; undefined: they are kept on another machine, or nobody may say where. */
  freeBytes(connection: Connection): Promise<number | undefined>;
}
