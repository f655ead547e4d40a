import type { Connection } from '../driver/connection.ts';

/** Locks by name that one session holds and the server frees when the session ends, for the whole cluster. */
export interface NamedLocks {
  /** Takes the lock if it is free; never waits. */
  tryAcquire(connection: Connection, name: string): Promise<boolean>;
  release(connection: Connection, name: string): Promise<void>;
}
