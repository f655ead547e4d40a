import type { DefinitionStatement } from '../../dialect/definition.ts';
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
  const body = segment.statements.flatMap((statement) => renderStatement(statement, dialect));
  const terminated = text.script.terminated ?? withSemicolon;
  const end = (sql: string): string => terminated(sql);
  switch (segment.kind) {
    case 'single':
      return body;
    case 'transaction':
      return [end('begin'), ...body, end('commit')];
    case 'rebuild':
      return sessions.rebuild === undefined
        ? [end('begin'), ...body, end('commit')]
        : rebuild(body, sessions.rebuild, end);
  }
}

function rebuild(body: readonly string[], mode: RebuildMode, end: (sql: string) => string): readonly string[] {
  return [
    ...mode.before.map(end),
    end('begin'),
    ...body,
    '-- each row that comes back here is a reference that leads nowhere: then roll back instead',
    end(mode.check),
    end('commit'),
    ...mode.after.map(end),
  ];
}

/** A script asks nothing: what runs only where something is missing stands in it as a comment. */
function renderStatement({ sql, note, when }: DefinitionStatement, { text }: ScriptDialect): readonly string[] {
  const comments = note === undefined ? [] : commented(note);
  if (when?.question === 'missing') return [...comments, ...commented(sql)];
  return [...comments, (text.script.terminated ?? withSemicolon)(sql.trim().replace(/;$/, ''))];
}

function commented(lines: string): readonly string[] {
  return lines.split('\n').map((line) => `-- ${line}`);
}

/** A semicolon behind a comment would be a part of it. */
function withSemicolon(sql: string): string {
  const lastLine = sql.slice(sql.lastIndexOf('\n') + 1);
  return lastLine.includes('--') ? `${sql}\n;` : `${sql};`;
}
