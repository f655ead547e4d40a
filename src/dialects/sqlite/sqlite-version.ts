/** What differs between the releases of SQLite that we meet. */
export interface SqliteVersion {
  /** 3.53: `alter table` adds and drops checks. */
  readonly altersChecks: boolean;
}

export function sqliteVersion(text: string): SqliteVersion {
  const [major = 0, minor = 0] = text.split('.').map((part) => Number.parseInt(part, 10));
  return { altersChecks: major > 3 || (major === 3 && minor >= 53) };
}
