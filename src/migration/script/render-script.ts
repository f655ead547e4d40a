import type { DefinitionStatement, Loss } from '../../dialect/definition.ts';
import type { Dialect } from '../../dialect/dialect.ts';
import type { RebuildMode } from '../../dialect/session-statements.ts';
import { inSegments, type Segment } from './segments.ts';

/** The part of a dialect that writing a script takes. */
export type ScriptDialect = Pick<Dialect, 'text' | 'traits' | 'sessions'>;

/**
 * Statements as a text that the engine's own client runs unchanged: transactions where statements belong together,
 * notes as comments. Empty when there are none.
 *
 * @example
 * ```ts
 * await writeFile('change.sql', renderScript(planner.plan(from, to), dialect));
 * ```
 */
export function renderScript(statements: readonly DefinitionStatement[], dialect: ScriptDialect): string {
  const lines = inSegments(statements, dialect).flatMap((segment) => renderSegment(segment, dialect));
  return lines.map((line) => `${line}\n`).join('');
}

function renderSegment(segment: Segment, dialect: ScriptDialect): readonly string[] {
  const { text, sessions } = dialect;
  const body = (): readonly string[] => segment.statements.flatMap((statement) => renderStatement(statement, dialect));
  const terminated = text.script.terminated ?? withSemicolon;
  const end = (sql: string): string => terminated(sql);
  switch (segment.kind) {
    case 'single':
      return body();
    case 'transaction':
      return [end('begin'), ...body(), end('commit')];
    case 'rebuild':
      return sessions.rebuild === undefined
        ? [end('begin'), ...body(), end('commit')]
        : rebuild(segment.statements, sessions.rebuild, dialect, end);
  }
}

function rebuild(
  statements: readonly DefinitionStatement[],
  { before, guard, after }: RebuildMode,
  dialect: ScriptDialect,
  end: (sql: string) => string,
): readonly string[] {
  const copies = statements.flatMap(({ copies: copy }) => copy ?? []);
  return [
    ...before.map(end),
    end('begin'),
    ...guard.begin.map(end),
    ...statements.flatMap((statement) => [
      ...renderStatement(statement, dialect),
      ...(statement.copies === undefined ? [] : [end(guard.copied(statement.copies))]),
    ]),
    '-- everything is rolled back here unless all rows were copied and every reference leads somewhere',
    ...guard.end(copies).map(end),
    end('commit'),
    ...after.map(end),
  ];
}

/** A script asks nothing: what runs only where something is missing stands in it as a comment. */
function renderStatement(
  { sql, note, when, loses = [] }: DefinitionStatement,
  { text }: ScriptDialect,
): readonly string[] {
  const comments = [...loses.map(describeLoss), ...(note === undefined ? [] : [note])].flatMap(commented);
  if (when?.question === 'missing') return [...comments, ...commented(sql)];
  return [...comments, (text.script.terminated ?? withSemicolon)(sql.trim().replace(/;$/, ''))];
}

function describeLoss({ table, column }: Loss): string {
  return column === undefined ? `drops the rows of ${table}` : `drops the values of ${table}.${column}`;
}

function commented(lines: string): readonly string[] {
  return lines.split('\n').map((line) => `-- ${line}`);
}

/** A semicolon behind a comment would be a part of it. */
function withSemicolon(sql: string): string {
  const lastLine = sql.slice(sql.lastIndexOf('\n') + 1);
  return lastLine.includes('--') ? `${sql}\n;` : `${sql};`;
}
