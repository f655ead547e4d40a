import type { DefinitionStatement } from '../../dialect/definition.ts';
import type { Dialect } from '../../dialect/dialect.ts';

/** Statements that stand between two commits. */
export interface Segment {
  /** `single`: one statement that needs no transaction around it, or must not have one. */
  readonly kind: 'single' | 'transaction' | 'rebuild';
  readonly statements: readonly DefinitionStatement[];
}

/** Groups statements by the transactions they run in. Without transactional definitions each stands alone. */
export function inSegments(
  statements: readonly DefinitionStatement[],
  { traits }: Pick<Dialect, 'traits'>,
): readonly Segment[] {
  const groups: DefinitionStatement[][] = [];
  let isOpen = false;
  for (const statement of statements) {
    const joins = isOpen && statement.transactional && statement.segment === undefined;
    if (joins && fitsIn(groups.at(-1) ?? [], statement)) groups.at(-1)?.push(statement);
    else groups.push([statement]);
    isOpen = traits.transactionalDefinitions && statement.transactional && statement.segment !== 'alone';
  }
  return groups.map((group) => ({ kind: kindOf(group), statements: group }));
}

/** What makes a table anew brings its mode to the whole transaction: it cannot join one in which references must act. */
function fitsIn(group: readonly DefinitionStatement[], { rebuilds }: DefinitionStatement): boolean {
  if (rebuilds !== true || kindOf(group) === 'rebuild') return true;
  return group.every(({ needsReferences }) => needsReferences !== true);
}

function kindOf(group: readonly DefinitionStatement[]): Segment['kind'] {
  if (group.some(({ rebuilds }) => rebuilds === true)) return 'rebuild';
  return group.length > 1 ? 'transaction' : 'single';
}
