import type { DatabaseConnection, Dialect as KyselyDialect, Driver, TransactionSettings } from 'kysely';
import type { Session } from '../database/session.ts';
import type { BeginOptions } from '../database/transaction.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import { grammarOf } from './grammar.ts';
import type { KnownTables } from './known-tables.ts';
import { preparingCompiler } from './prepared-query.ts';
import { SessionConnection } from './session-connection.ts';

/** A dialect of Kysely whose every statement runs on a session. */
export function sessionDialect(session: Session, tables: KnownTables): KyselyDialect {
  const grammar = grammarOf(session.dialect);
  return {
    createDriver: () => sessionDriver(session),
    createQueryCompiler: () => preparingCompiler(grammar.compiler(), tables, session),
    createAdapter: () => {
      const adapter = grammar.adapter();
      return Object.defineProperties(adapter, {
        supportsReturning: { value: session.dialect.queries.returning.insert },
        // The session itself lets statements wait for one another where they must.
        supportsMultipleConnections: { value: true },
      });
    },
    createIntrospector: (kysely) => grammar.introspector(kysely),
  };
}

/** The name that no savepoint has. */
const outermost = '';

function sessionDriver(session: Session): Driver {
  return {
    init: async () => undefined,
    acquireConnection: async () => new SessionConnection(session),
    beginTransaction: async (connection, settings) => await own(connection).begin(outermost, modeOf(settings)),
    commitTransaction: async (connection) => await own(connection).commit(outermost),
    rollbackTransaction: async (connection) => await own(connection).rollback(outermost),
    savepoint: async (connection, name) => await own(connection).begin(name),
    rollbackToSavepoint: async (connection, name) => {
      await own(connection).rollback(name);
      await own(connection).begin(name);
    },
    releaseSavepoint: async (connection, name) => await own(connection).commit(name),
    releaseConnection: async () => undefined,
    destroy: async () => undefined,
  };
}

function own(connection: DatabaseConnection): SessionConnection {
  if (connection instanceof SessionConnection) return connection;
  throw new RowhouseError('USAGE', 'the connection is not one of this session');
}

function modeOf({ isolationLevel, accessMode }: TransactionSettings): BeginOptions {
  return {
    isolation: isolationLevel === undefined ? undefined : isolationOf(isolationLevel),
    readOnly: accessMode === undefined ? undefined : accessMode === 'read only',
  };
}

function isolationOf(level: NonNullable<TransactionSettings['isolationLevel']>): BeginOptions['isolation'] {
  switch (level) {
    case 'read committed':
      return 'read-committed';
    case 'repeatable read':
      return 'repeatable-read';
    case 'serializable':
      return 'serializable';
    case 'read uncommitted':
    case 'snapshot':
      throw new RowhouseError('CAPABILITY_MISSING', `there is no isolation level ${level}`, {
        hint: 'use read committed, repeatable read or serializable',
      });
  }
}
