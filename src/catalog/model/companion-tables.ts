/**
 * Tables that Rowhouse keeps for itself beside the ledger, whose name can be chosen: no part of what is defined, and left
 * out wherever a database is compared or read into a schema.
 */
export const companionTables = {
  lease: 'rowhouse_lease',
  seed: 'rowhouse_seed',
  backfill: 'rowhouse_backfill',
  client: 'rowhouse_client',
  erasure: 'rowhouse_erasure',
} as const;
