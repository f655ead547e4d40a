import type { DefinitionStatement } from '../../dialect/definition.ts';

/** The text that is run for a statement: with what the server agreed to, where it was asked. */
export function runText({ sql, agreed }: DefinitionStatement): string {
  return agreed?.sql ?? sql;
}

/** Is it a text that was run for the statement, whatever the server agreed to then? */
export function isRunTextOf(text: string | undefined, { sql, asks }: DefinitionStatement): boolean {
  return text === sql || (asks === true && text?.startsWith(`${sql}, `) === true);
}
