/** A setting or a state that a server must have to be used as we use it. */
export interface ServerRule {
  /** What it is called: `wsrep_ready`. */
  readonly setting: string;
  /** Gives one row with the value, as text or a number. */
  readonly sql: string;
  readonly wanted: string;
  /** What happens otherwise, as the end of a sentence. */
  readonly otherwise: string;
  /** True: without it the server takes no requests, though it answers. */
  readonly readiness?: true;
}
