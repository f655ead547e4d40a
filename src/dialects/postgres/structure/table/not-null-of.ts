import type { Fact } from '../../../../dialect/structure/fact.ts';

/** That a column has a value in every row. From PostgreSQL 18 on it is a constraint with a name. */
export interface NotNull {
  readonly name?: string;
  readonly noInherit: boolean;
  readonly validated: boolean;
}

/** What a column's fact says about nulls; `undefined`: they are allowed. */
export function notNullOf({ attributes, notes }: Fact): NotNull | undefined {
  const said = attributes['notNull'];
  if (said === undefined || said === null || said === false) return undefined;
  if (typeof said !== 'object' || Array.isArray(said)) return { noInherit: false, validated: true };
  const { name: own, noInherit, validated } = said as Readonly<Record<string, unknown>>;
  const name = own ?? notes?.['notNullName'];
  return {
    ...(typeof name === 'string' ? { name } : {}),
    noInherit: noInherit === true,
    validated: validated === true,
  };
}
