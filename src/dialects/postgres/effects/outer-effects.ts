/**
 * What reaches beyond the database that it runs in: roles, databases and settings belong to the whole server, and some
 * functions speak to others.
 */
const beyond: readonly RegExp[] = [
  /\b(?:create|alter|drop)\s+(?:role|user|group|database|tablespace|subscription|system|server)\b/i,
  /\b(?:drop|reassign)\s+owned\b/i,
  /\b(?:comment|label)\s+(?:for\s+\S+\s+)?on\s+(?:role|database|tablespace|subscription)\b/i,
  /\b(?:grant|revoke)\b(?![^;]*\bon\b)/i,
  /\b(?:grant|revoke)\b[^;]*\bon\s+(?:database|tablespace|parameter)\b/i,
  /\b(?:program|dblink\w*|pg_(?:terminate|cancel|reload|rotate|promote|switch|create|drop|replication|logical)\w*)\b/i,
];

/** True: it must not be tried on a database that nobody keeps, because what it does is kept. */
export function reachesBeyond(sql: string): boolean {
  return beyond.some((pattern) => pattern.test(sql));
}
