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
