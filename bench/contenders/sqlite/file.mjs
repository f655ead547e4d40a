import Database from 'better-sqlite3';

/** The same file settings for everybody: those that Rowhouse makes by itself. */
export function openFile({ file }) {
  const database = new Database(file);
  database.exec('pragma journal_mode = wal; pragma foreign_keys = on; pragma synchronous = normal');
  return database;
}
