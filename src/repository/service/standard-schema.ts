/**
 * A validator of any library that speaks Standard Schema (https://standardschema.dev): Zod, Valibot, ArkType and others.
 * Only what is used of it is described, so that none of them is needed.
 */
export interface StandardSchema<Output> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    validate(value: unknown): StandardResult<Output> | Promise<StandardResult<Output>>;
  };
}

/** What a schema may give: some of the values. */
export type SomeOf<Values> = { readonly [K in keyof Values]?: Values[K] | undefined };

export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

/** What is wrong, and where: property names and places in lists, from the outside in. */
export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** The path of an issue as names and places. */
export function issuePath({ path = [] }: StandardIssue): readonly string[] {
  return path.map((part) => String(typeof part === 'object' ? part.key : part));
}
