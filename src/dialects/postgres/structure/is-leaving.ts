/** SQL that is true of a partition on its way out: what it has from the table above is all but its own. */
export function isLeaving(table: string): string {
  return `exists (select from pg_inherits leaving where leaving.inhrelid = ${table} and leaving.inhdetachpending)`;
}
