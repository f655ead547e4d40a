import type { ServerFacts } from '../../../dialect/dialect.ts';
import type { TypeSystem } from '../../../dialect/type-system.ts';

/** What printing a definition needs to know of the server it is for. */
export interface DefinitionServer {
  readonly facts: ServerFacts;
  readonly types: TypeSystem;
}
