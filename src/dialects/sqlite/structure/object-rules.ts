import type { DefinitionStatement } from '../../../dialect/definition.ts';
import type { Fact } from '../../../dialect/structure/fact.ts';
import type { KindRules } from '../../../dialect/structure/rules.ts';
import { sqliteText } from '../text.ts';
import { textOf, wordOf } from './table-fact.ts';
import { foldName } from '../rebuild/fold-name.ts';

/** Indexes, views and triggers hold no rows of their own: what changes is dropped and made again, word for word. */
export const indexRules: KindRules = { ...objectRules('index'), rank: 20, occupies: relationName };
export const viewRules: KindRules = { ...objectRules('view'), rank: 30, occupies: relationName };
export const triggerRules: KindRules = { ...objectRules('trigger'), rank: 40 };

/** Tables, virtual tables, views and indexes share their names. */
export function relationName(fact: Fact): string {
  return foldName(nameOf(fact));
}

export function nameOf({ attributes }: Fact): string {
  return wordOf(attributes['name']);
}

export function plain(sql: string): DefinitionStatement {
  return { sql, transactional: true };
}

/** The end of a table, virtual or not, with its rows. */
export function dropRows(fact: Fact): DefinitionStatement {
  const table = sqliteText.name(nameOf(fact));
  return { ...plain(`drop table ${table}`), loses: [{ table }] };
}

function objectRules(kind: 'index' | 'view' | 'trigger'): Pick<KindRules, 'create' | 'drop' | 'alter'> {
  return {
    create: (fact) => [plain(textOf(fact))],
    drop: (fact) => [plain(`drop ${kind} ${sqliteText.name(nameOf(fact))}`)],
    alter: () => ({ how: 'replace' }),
  };
}
