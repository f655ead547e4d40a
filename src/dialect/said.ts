import type { DefinitionStatement } from './definition.ts';

/** The statements without empty texts: what is kept as SQL and does not exist on an engine has an empty one for it. */
export function said(statements: readonly DefinitionStatement[]): readonly DefinitionStatement[] {
  return statements.filter(({ sql }) => sql.trim() !== '');
}
