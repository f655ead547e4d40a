import Database from 'better-sqlite3';
import mysql from 'mysql2';
import pg from 'pg';

/** The same pool for everybody who takes one. */
export function pgPool({ address, connections }) {
  return new pg.Pool({ ...address, max: connections });
}

/** Likewise, with moments in UTC. */
export function mysqlPool({ address, connections }) {
  return mysql.createPool({ ...address, connectionLimit: connections, timezone: 'Z' });
}

/** The same file settings for everybody: those that Rowhouse makes by itself. */
export function openFile({ file }) {
  const database = new Database(file);
  database.exec(fileSettings);
  return database;
}

export const fileSettings = 'pragma journal_mode = wal; pragma foreign_keys = on; pragma synchronous = normal';
