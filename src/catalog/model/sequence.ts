import type { ObjectName } from './object-name.ts';

/** A free-standing number source; numbers are decimal strings because they may pass 2^53. */
export interface Sequence extends ObjectName {
  readonly start?: string;
  readonly increment?: string;
  readonly minimum?: string;
  readonly maximum?: string;
  readonly cycle?: boolean;
}
