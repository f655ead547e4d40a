/** Which of our rules stand for one of squawk's. */
export const ourCodes: Readonly<Record<string, readonly string[]>> = {
  'adding-field-with-default': ['add-column-volatile-default', 'add-stored-column'],
  'adding-foreign-key-constraint': ['add-foreign-key-validates'],
  'adding-not-nullable-field': ['set-not-null-scans'],
  'adding-serial-primary-key-field': ['add-primary-key-builds-index', 'add-serial-column'],
  'adding-required-field': ['add-required-column'],
  'ban-char-field': ['char-type'],
  'ban-concurrent-index-creation-in-transaction': ['concurrent-in-transaction'],
  'ban-drop-column': ['drop-column'],
  'ban-drop-not-null': ['drop-not-null'],
  'ban-drop-table': ['drop-table'],
  'ban-drop-database': ['drop-database'],
  'ban-duplicate-column-assignments': ['duplicate-column'],
  'ban-truncate-cascade': ['truncate-table'],
  'ban-uncommitted-transaction': ['uncommitted-transaction'],
  'changing-column-type': ['change-column-type'],
  'constraint-missing-not-valid': ['add-foreign-key-validates', 'add-check-validates', 'validate-in-same-transaction'],
  'disallowed-unique-constraint': ['add-unique-builds-index', 'add-column-with-unique'],
  'identifier-too-long': ['identifier-too-long'],
  'prefer-bigint-over-int': ['prefer-bigint'],
  'prefer-bigint-over-smallint': ['prefer-bigint-over-smallint'],
  'prefer-identity': ['prefer-identity'],
  'prefer-robust-stmts': ['prefer-robust-statements'],
  'prefer-text-field': ['prefer-text'],
  'prefer-timestamp-tz': ['prefer-timestamptz'],
  'renaming-column': ['rename-column'],
  'renaming-table': ['rename-table'],
  'require-concurrent-index-creation': ['create-index-blocks-writes'],
  'require-concurrent-index-deletion': ['drop-index-blocks'],
  'require-concurrent-partition-detach': ['detach-partition-blocks'],
  'require-concurrent-reindex': ['reindex-blocks'],
  'require-enum-value-ordering': ['enum-value-without-place'],
  'require-lock-timeout': ['require-lock-timeout'],
  'require-statement-timeout': ['require-statement-timeout'],
  'require-timeout-settings': ['require-lock-timeout', 'require-statement-timeout'],
  'require-table-schema': ['require-table-schema'],
  'transaction-nesting': ['transaction-nesting'],
  'prefer-repack': ['rebuild-table'],
};

/** Cases that we judge otherwise, and why. */
export const differences: Readonly<Record<string, string>> = {
  'squawk/adding_field_with_default/docs_example_error_on_pg_11':
    'PostgreSQL 11 adds a column with a constant default without writing the table anew',
  'squawk/ban_duplicate_column_assignments/create_view_with_duplicate_inferred_names_err':
    'the names that expressions get are not worked out; the server refuses such a view itself',
  'squawk/prefer_repack/cluster_below_pg19_ok': 'CLUSTER copies every row on any server; only the hint depends on it',
  'squawk/prefer_repack/vacuum_full_below_pg19_ok': 'VACUUM FULL copies every row on any server as well',
};

/** Rewrites that we do not ask for, and why. */
export const needlessFixes: Readonly<Record<string, string>> = {
  'CREATE TABLE users (id SERIAL);\nALTER TABLE users ADD COLUMN email TEXT;':
    'nobody waits for a table that the script itself has made',
};
