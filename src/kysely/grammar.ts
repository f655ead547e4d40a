import {
  MysqlAdapter,
  MysqlIntrospector,
  MysqlQueryCompiler,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseIntrospector,
  type DialectAdapter,
  type Kysely,
  type QueryCompiler,
} from 'kysely';
import type { Dialect } from '../dialect/dialect.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';

/** How Kysely writes SQL for an engine. */
export interface Grammar {
  readonly compiler: () => QueryCompiler;
  readonly adapter: () => DialectAdapter;
  // oxlint-disable-next-line typescript/no-explicit-any -- Kysely's own signature
  readonly introspector: (kysely: Kysely<any>) => DatabaseIntrospector;
}

/** By the keys under which a dialect looks up SQL written for it. */
const grammars: Readonly<Record<string, Grammar>> = {
  postgresql: {
    compiler: () => new PostgresQueryCompiler(),
    adapter: () => new PostgresAdapter(),
    introspector: (kysely) => new PostgresIntrospector(kysely),
  },
  mysql: {
    compiler: () => new MysqlQueryCompiler(),
    adapter: () => new MysqlAdapter(),
    introspector: (kysely) => new MysqlIntrospector(kysely),
  },
  sqlite: {
    compiler: () => new SqliteQueryCompiler(),
    adapter: () => new SqliteAdapter(),
    introspector: (kysely) => new SqliteIntrospector(kysely),
  },
};

/** Kysely's grammar for a dialect. Throws `CAPABILITY_MISSING` when Kysely does not write SQL for the engine. */
export function grammarOf({ name, variants }: Dialect): Grammar {
  for (const variant of variants) {
    const grammar = grammars[variant];
    if (grammar !== undefined) return grammar;
  }
  throw new RowhouseError('CAPABILITY_MISSING', `Kysely writes no SQL for ${name}`, { details: { engine: name } });
}
