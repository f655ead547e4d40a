export { temporaryDatabase } from './database/temporary-database.ts';
export type { TemporaryDatabase, TemporaryDatabaseOptions } from './database/temporary-database.ts';
export { sqliteFiles } from './database/sqlite-files.ts';
export type { SqliteFilesOptions } from './database/sqlite-files.ts';
export { createDescribeEachServer } from './describe-each-server.ts';
export type { DescribeEachServer, ServerChoice, TestFramework, TestServer } from './describe-each-server.ts';
export { findLeaks } from './leak/find-leaks.ts';
export type { Leak } from './leak/leak.ts';
export { startServer } from './server/start-server.ts';
export { useServer } from './server/use-server.ts';
export type {
  DatabaseServer,
  PrivateServer,
  ServerEngine,
  ServerOptions,
  TlsFiles,
  UrlOptions,
} from './server/private-server.ts';
export { isUnsupported, unsupported } from './unsupported.ts';
export type { Unsupported } from './unsupported.ts';
export { createSchema } from './schema/create-schema.ts';
export { factory } from './schema/factory.ts';
export type { Factory } from './schema/factory.ts';
export { schemaDatabase } from './schema/schema-database.ts';
export type { SchemaDatabase, SchemaDatabaseOptions } from './schema/schema-database.ts';
export { loadFixtures } from '../seed/load-fixtures.ts';
