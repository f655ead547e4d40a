/** Something that happened in a pool, for logs and diagnostics. */
export type PoolEvent =
  | { readonly kind: 'opened'; readonly sessionId: string; readonly tookMs: number }
  | { readonly kind: 'connect-failed'; readonly error: unknown }
  | { readonly kind: 'taken'; readonly sessionId: string; readonly waitedMs: number }
  | { readonly kind: 'returned'; readonly sessionId: string; readonly heldMs: number }
  | { readonly kind: 'lost'; readonly sessionId: string; readonly error: unknown }
  | { readonly kind: 'closed'; readonly sessionId: string; readonly reason: CloseReason }
  | { readonly kind: 'exhausted'; readonly waiting: number };

/** Why a pool closed a connection. */
export type CloseReason = 'overflow' | 'recycled' | 'broken' | 'discarded' | 'disabled' | 'shutdown';
