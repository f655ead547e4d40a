import type { DefinitionStatement } from '../../../dialect/definition.ts';
import { step } from './step.ts';

const switches: Readonly<Record<string, string>> = {
  O: 'enable',
  D: 'disable',
  R: 'enable replica',
  A: 'enable always',
};

/** Says when a trigger or a rule of a relation fires. `code` is the catalog's letter. */
export function firing(what: 'trigger' | 'rule', on: string, name: string, code: string): DefinitionStatement {
  return step(`alter table ${on} ${firingWords(code)} ${what} ${name}`);
}

/** The words for a letter of the catalog. */
export function firingWords(code: string): string {
  return switches[code] ?? 'enable';
}
