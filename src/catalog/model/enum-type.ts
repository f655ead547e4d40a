import type { ObjectName } from './object-name.ts';

/**
 * A named list of allowed strings, in order. Engines without named types keep it with each column that uses it; there
 * the inspector names it `<table>_<column>`.
 */
export interface EnumType extends ObjectName {
  readonly values: readonly string[];
  readonly comment?: string;
}
