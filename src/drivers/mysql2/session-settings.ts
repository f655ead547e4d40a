const sqlMode = [
  'STRICT_ALL_TABLES',
  'NO_ZERO_DATE',
  'NO_ZERO_IN_DATE',
  'ERROR_FOR_DIVISION_BY_ZERO',
  'NO_ENGINE_SUBSTITUTION',
].join(',');

/**
 * The one statement that every new session starts with.
 * READ COMMITTED: under the default, REPEATABLE READ, a claim of rows with `for update skip locked` also locks the gaps
 * between them, and inserts into the queue wait until they time out.
 * The SQL mode replaces the server's: no silent cutting of values, and no ANSI_QUOTES, since `"` begins a string for us.
 * `group_concat_max_len`: MariaDB cuts JSON arrays off there, at 1 MB unless told otherwise; max_allowed_packet remains.
 */
export function sessionSettings(serverVersion: string): string {
  const isolation = hasTransactionIsolation(serverVersion) ? 'transaction_isolation' : 'tx_isolation';
  return `set names utf8mb4, time_zone = '+00:00', sql_mode = '${sqlMode}', ${isolation} = 'READ-COMMITTED', group_concat_max_len = 4294967295`;
}

/** MariaDB has the variable under MySQL's name since 11.1. */
function hasTransactionIsolation(serverVersion: string): boolean {
  if (!/mariadb/i.test(serverVersion)) return true;
  const [major = 0, minor = 0] = serverVersion.split('.').map(Number);
  return major > 11 || (major === 11 && minor >= 1);
}
