import type { Activity } from './activity.ts';
import type { Statement } from '../driver/connection.ts';
import type { Algorithms } from './algorithms.ts';
import type { BlockingProbe } from './blocking.ts';
import type { Databases } from './databases.ts';
import type { DefinitionCompiler } from './definition.ts';
import type { EffectProbe } from './effects.ts';
import type { ErrorTranslator } from './error-translator.ts';
import type { Inspector } from './inspector.ts';
import type { LoadProbe } from './load.ts';
import type { LintRule } from './lint/rule.ts';
import type { MigrationSession } from './migration-session.ts';
import type { NamedLocks } from './named-locks.ts';
import type { Numbering } from './numbering.ts';
import type { Parking } from './parking.ts';
import type { QueryRules } from './query-rules.ts';
import type { RowFence } from './row-fence.ts';
import type { Replication } from './replication.ts';
import type { ServerRule } from './server-rule.ts';
import type { SessionStatements } from './session-statements.ts';
import type { SpaceProbe } from './space.ts';
import type { SqlText } from './sql-text.ts';
import type { StructurePlanner } from './structure-planner.ts';
import type { FindTenantGaps } from './tenant-tables.ts';
import type { Traits } from './traits.ts';
import type { TypeSystem } from './type-system.ts';

/**
 * Everything shared code may ask about an engine. What only some engines can do is an optional member: ask for the
 * capability, never for the name.
 */
export interface Dialect {
  /** For people and for the keys of per-engine SQL text: `postgresql`, `mysql`, `mariadb`, `sqlite`. */
  readonly name: string;
  /** The keys under which SQL written for this engine is looked up, first match wins: `['mariadb', 'mysql']`. */
  readonly variants: readonly string[];
  readonly traits: Traits;
  readonly text: SqlText;
  readonly types: TypeSystem;
  readonly definition: DefinitionCompiler;
  readonly inspector: Inspector;
  readonly errors: ErrorTranslator;
  readonly sessions: SessionStatements;
  readonly queries: QueryRules;
  /** Absent: the number of an identity column moves on by itself when rows come with numbers of their own. */
  readonly numbering?: Numbering;
  /** Loaded when it is asked for: only a comparison needs it. Absent: two databases of this engine cannot be compared. */
  readonly structures?: () => Promise<StructurePlanner>;
  /** Absent: sessions that change definitions wait as the server says. */
  readonly migrationSession?: MigrationSession;
  /** Absent: a database is a file, made by opening it. */
  readonly databases?: Databases;
  /** Absent: no rule is known beyond those of every engine. */
  readonly lint?: readonly LintRule[];
  /** Absent: what a statement does cannot be measured. */
  readonly effects?: EffectProbe;
  /** Absent: for whom others wait is not found out before a plan runs. */
  readonly blocking?: BlockingProbe;
  /** Absent: nothing can be parked. */
  readonly parking?: Parking;
  /** Absent: the server does not say how busy it is. */
  readonly load?: LoadProbe;
  /** Absent: nothing follows a server of this engine. */
  readonly replication?: Replication;
  /** Absent: nobody else's sessions can be seen or stopped. */
  readonly activity?: Activity;
  /** Absent: the server does not say how large its tables are. */
  readonly space?: SpaceProbe;
  /** Absent: how a statement is carried out is no question of the server's. */
  readonly algorithms?: Algorithms;
  readonly tenantGaps: FindTenantGaps;
  /** Absent: the database keeps the rows of tenants apart by no means of its own. */
  readonly rowFence?: RowFence;
  /**
   * What is run in a transaction so that the rest of it finds tables in a namespace, and reaches the rows of a tenant.
   * Absent: a session cannot change its namespace for one transaction.
   */
  readonly namespaceBinding?: (namespace: string, tenant: string) => readonly [Statement, readonly unknown[]];
  /** Absent: a server that answers is one that can be used. */
  readonly serverRules?: readonly ServerRule[];
  /** Absent: the engine has no locks by name that hold for the whole cluster. */
  readonly locks?: NamedLocks;
}

/** What is known of a server once connected; a dialect is made for exactly this server. */
export interface ServerFacts {
  readonly version: string;
  /** Answers of the engine's own probe queries, by name, e.g. `{ wsrep_on: 'ON' }`. */
  readonly settings: Readonly<Record<string, string>>;
}
