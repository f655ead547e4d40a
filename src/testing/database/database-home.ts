import type { Leak } from '../leak/leak.ts';

/** How databases are made and removed on one kind of server. Every function opens and closes a line of its own. */
export interface DatabaseHome {
  create(admin: string, name: string): Promise<void>;
  /** Removes it, even when somebody still uses it. */
  drop(admin: string, name: string): Promise<void>;
  /** Makes `name` from the template of this key, which `prepare` fills the first time. Absent: the engine cannot copy a database. */
  readonly clone?: (admin: string, name: string, template: Template) => Promise<void>;
  /** What others have left open on this database. */
  findLeaks(url: string): Promise<readonly Leak[]>;
  serverVersion(admin: string): Promise<string>;
}

export interface Template {
  readonly name: string;
  /** Fills the database of this name; called while nobody else may make the same template. */
  readonly prepare: () => Promise<void>;
}
