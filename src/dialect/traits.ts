/** Facts about an engine: numbers and booleans, each proved on a real server by `test/contract/traits.test.ts`. */
export interface Traits {
  /** Longest identifier; `unit` says what is counted. */
  readonly identifierLimit: { readonly length: number; readonly unit: 'bytes' | 'characters' };
  /** A failed or interrupted transaction undoes its definitions too. */
  readonly transactionalDefinitions: boolean;
  /** Most parameters of one statement. */
  readonly parameterLimit: number;
  /** Enums are objects of their own. */
  readonly namedEnums: boolean;
  /** Views can be read-only copies of their rows. */
  readonly materializedViews: boolean;
  /** Has namespaces beside the default one inside one database. */
  readonly namespaces: boolean;
  /** Free-standing sequences exist. */
  readonly sequences: boolean;
  /** A running statement can be stopped from outside. */
  readonly cancellation: boolean;
  /** One statement can be bounded in time. */
  readonly statementTimeout: boolean;
  /** Several transactions can write at the same time. */
  readonly concurrentWriters: boolean;
}
