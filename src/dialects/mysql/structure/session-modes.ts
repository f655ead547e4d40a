import type { DefinitionStatement } from '../../../dialect/definition.ts';
import type { Fact } from '../../../dialect/structure/fact.ts';
import { mysqlText } from '../text.ts';

/**
 * The statement inside of the modes that the program keeps for life: it takes those of the session that makes it. The
 * session has its own again afterwards.
 */
export function inModes({ attributes }: Fact, statement: DefinitionStatement): readonly DefinitionStatement[] {
  const { sqlMode, timeZone } = attributes;
  const modes = [
    ...(typeof sqlMode === 'string' ? [['sql_mode', sqlMode] as const] : []),
    ...(typeof timeZone === 'string' ? [['time_zone', timeZone] as const] : []),
  ];
  const keep = modes.map(
    ([name, value]) => `@rowhouse_${name} = @@session.${name}, session ${name} = ${mysqlText.literal(value)}`,
  );
  const restore = modes.map(([name]) => `session ${name} = coalesce(@rowhouse_${name}, @@session.${name})`);
  return [setting(keep), statement, setting(restore)];
}

/** The statements without those that set back what the next one sets again. */
export function mergeModes(statements: readonly DefinitionStatement[]): readonly DefinitionStatement[] {
  let merged: readonly DefinitionStatement[] = [];
  let current: string | undefined;
  for (const statement of statements) {
    const [last] = merged.slice(-1);
    const isAgain = statement.sql === current && last !== undefined && isRestoring(last);
    if (statement.sql.startsWith('set @rowhouse_')) current = statement.sql;
    merged = isAgain ? merged.slice(0, -1) : [...merged, statement];
  }
  return merged;
}

function isRestoring({ sql }: DefinitionStatement): boolean {
  return sql.startsWith('set session ') && sql.includes('coalesce(@rowhouse_');
}

function setting(assignments: readonly string[]): DefinitionStatement {
  return { sql: `set ${assignments.join(', ')}`, transactional: false, repeatable: true };
}
