import { allOf, onAction, onClause } from '../../../dialect/lint/each.ts';
import type { LintAction } from '../../../dialect/lint/action.ts';
import type { WrittenName } from '../../../dialect/lint/facts.ts';
import type { LintContext } from '../../../dialect/lint/context.ts';
import type { LintRule } from '../../../dialect/lint/rule.ts';
import { isKeyword } from '../../../dialect/lint/word.ts';

/** A file that cannot be run again. */
export const preferRobustStatements: LintRule = {
  code: 'prefer-robust-statements',
  severity: 'advice',
  filesOnly: true,
  title: 'a statement outside a transaction cannot be run again',
  why: 'When a later statement of the file fails, the file is run again, and this one fails because its work is already done.',
  hint: 'put the file in a transaction, or write IF NOT EXISTS and IF EXISTS',
  bad: 'alter table invoice add column note text;\nselect 1;',
  good: 'alter table invoice add column if not exists note text;\nselect 1;',
  judge: allOf(
    onAction(['create-table'], (action, context) =>
      isExposed(context) && !action.ifNotExists && !action.droppedOnCommit ? 'IF NOT EXISTS is missing' : undefined,
    ),
    onAction(['create-index'], ({ ifNotExists, name, concurrently }, context) =>
      (isExposed(context) || concurrently) && !ifNotExists && name !== undefined
        ? 'IF NOT EXISTS is missing'
        : undefined,
    ),
    onAction(['drop-table', 'drop-other', 'drop-index'], ({ ifExists }, context) =>
      isExposed(context) && !ifExists ? 'IF EXISTS is missing' : undefined,
    ),
    onAction(['enum-value'], ({ ifNotExists }, context) =>
      isExposed(context) && !ifNotExists ? 'IF NOT EXISTS is missing' : undefined,
    ),
    onClause(['add-column'], ({ ifNotExists }, { table }, context) =>
      isExposed(context) && !ifNotExists && !context.isNew(table) ? 'IF NOT EXISTS is missing' : undefined,
    ),
    onClause(['drop-column', 'drop-constraint'], ({ ifExists }, _alter, context) =>
      isExposed(context) && !ifExists ? 'IF EXISTS is missing' : undefined,
    ),
    onClause(['add-constraint', 'row-security', 'rename-column', 'rename-table'], (clause, { clauses }, context) => {
      const replaced = clauses.some(({ kind }) => kind === 'drop-constraint') && clause.kind === 'add-constraint';
      return isExposed(context) && !replaced ? 'there is no transaction, and no form that can be run again' : undefined;
    }),
  ),
};

function isExposed({ transaction }: LintContext): boolean {
  return transaction === undefined;
}

/** A name that means another table to another account. */
export const requireTableSchema: LintRule = {
  code: 'require-table-schema',
  severity: 'advice',
  filesOnly: true,
  title: 'a table is named without its schema',
  why: 'Which table is meant depends on the search_path of whoever runs the file.',
  hint: 'write schema.table, e.g. public.invoice',
  bad: 'alter table invoice add column note text;',
  good: 'alter table public.invoice add column note text;',
  judge: ({ action }) =>
    namedTables(action)
      .filter(({ namespace }) => namespace === undefined)
      .map(({ name, at }) => ({ message: `${name} is named without its schema`, at })),
};

function namedTables(action: LintAction): readonly WrittenName[] {
  if (action.kind === 'drop-table' || action.kind === 'truncate') return action.tables;
  if (action.kind === 'create-table') return action.temporary ? [] : [action.table];
  return action.kind === 'alter-table' || action.kind === 'create-index' ? [action.table] : [];
}

/** More goes than is named. */
export const dropCascade: LintRule = {
  code: 'drop-cascade',
  severity: 'error',
  title: 'a drop takes along what it does not name',
  why: 'CASCADE drops every view, foreign key, default and function that needs the object, among them those that somebody added yesterday.',
  hint: 'drop what needs it by name first',
  bad: 'drop view totals cascade;',
  good: 'drop view report;\ndrop view totals;',
  judge: ({ action, words }) => {
    const drops =
      action.kind === 'drop-table' ||
      action.kind === 'drop-other' ||
      action.kind === 'drop-index' ||
      (action.kind === 'alter-table' && action.clauses.some(({ kind }) => kind.startsWith('drop-')));
    const cascade = words.findLast((word) => isKeyword(word, 'cascade'));
    return drops && cascade !== undefined ? [{ message: 'CASCADE drops what is not named', at: cascade.at }] : [];
  },
};

/** A function that runs with other people's rights. */
export const definerWithoutSearchPath: LintRule = {
  code: 'definer-without-search-path',
  severity: 'error',
  title: 'a SECURITY DEFINER function has no search_path of its own',
  why: 'It runs with the rights of its owner and looks names up where the caller says: the caller puts a table or function of his own in front.',
  hint: 'add SET search_path = …, pg_temp to the function',
  bad: "create function pay() returns void language sql security definer as 'select 1';",
  good: "create function pay() returns void language sql security definer set search_path = app, pg_temp as 'select 1';",
  judge: onAction(['create-other'], ({ what, name }, _context, { words }) => {
    const isDefiner = words.some((word, at) => isKeyword(word, 'security') && isKeyword(words[at + 1], 'definer'));
    const hasPath = words.some((word) => isKeyword(word, 'search_path'));
    return (what === 'function' || what === 'procedure') && isDefiner && !hasPath
      ? `${name} runs with its owner's rights in its caller's search_path`
      : undefined;
  }),
};

/** An extension that changes under its users. */
export const updateExtension: LintRule = {
  code: 'update-extension',
  severity: 'advice',
  title: 'an extension is updated',
  why: 'Its functions change for everybody at once, with locks that its own scripts take, and there is no way back.',
  hint: 'try it on a copy of the database first',
  bad: 'alter extension postgis update;',
  good: "select name from pg_available_extension_versions where name = 'postgis';",
  judge: onAction(['alter-other'], ({ what, name }) =>
    what === 'extension' ? `extension ${name} is changed for everybody` : undefined,
  ),
};
