import type { TableOf } from '../../schema/table/table.ts';
import type { RelatedReads } from './included-reads.ts';
import type { InputCheck } from './input-check.ts';
import type { HookContext, ServiceHooks } from './service-hooks.ts';
import type { SomeOf, StandardSchema } from './standard-schema.ts';

/** The parts of a service that do not depend on a session. */
export interface ServiceParts<Row, Insert, Patch, Input, Change> {
  readonly table: TableOf<Row, Insert, Patch>;
  readonly hooks: ServiceHooks<Row, Insert, Patch, Input, Change>;
  readonly validate: {
    readonly create?: StandardSchema<SomeOf<Input>> | undefined;
    readonly update?: StandardSchema<SomeOf<Change>> | undefined;
  };
  readonly check: InputCheck;
  /** The read hooks of the rows that come along. */
  readonly related: RelatedReads;
}

/** Runs work with the context of hooks: in the session's transaction, or in one of its own. */
export type InContext<Row, Insert, Patch> = <T>(
  work: (context: HookContext<Row, Insert, Patch>) => Promise<T>,
) => Promise<T>;
