import type { Algorithms } from '../../dialect/algorithms.ts';
import type { DefinitionStatement } from '../../dialect/definition.ts';

/** Loaded where a statement asks: it takes all that is known of how structures are read and planned. */
export const postgresAlgorithms: Algorithms = {
  async choose(connection, statements, { blockedRows = 1000 } = {}) {
    if (!statements.some(({ asks }) => asks === true)) return statements;
    const { chooseParts } = await import('./parts/choose-parts.ts');
    const { chooseCopy } = await import('./structure/copy/choose-copy.ts');
    const choose = async (statement: DefinitionStatement): Promise<DefinitionStatement> =>
      (await chooseParts(connection, statement, blockedRows)) ?? (await chooseCopy(connection, statement, blockedRows));
    const chosen: DefinitionStatement[] = [];
    for (const statement of statements) chosen.push(statement.asks === true ? await choose(statement) : statement);
    return chosen;
  },
  async next(connection, alter) {
    if (alter.kind === 'parts') {
      const { nextPart } = await import('./parts/next-part.ts');
      return await nextPart(connection, alter);
    }
    const { nextOfCopying } = await import('./structure/copy/copying.ts');
    return await nextOfCopying(connection, alter);
  },
};
