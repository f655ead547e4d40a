import type { AlterTable, LintAction, TableClause } from './action.ts';
import type { LintContext } from './context.ts';
import type { ColumnFacts, WrittenName } from './facts.ts';
import type { Judge, Judgement, LintStatement } from './rule.ts';

type ActionOf<K extends LintAction['kind']> = Extract<LintAction, { kind: K }>;
type ClauseOf<K extends TableClause['kind']> = Extract<TableClause, { kind: K }>;

/** Judges actions of these kinds; what `say` returns is the message. */
export function onAction<K extends LintAction['kind']>(
  kinds: readonly K[],
  say: (action: ActionOf<K>, context: LintContext, statement: LintStatement) => string | undefined,
): Judge {
  return (statement, context) => {
    const { action } = statement;
    return isOneOf(action, kinds) ? judged(say(action, context, statement)) : [];
  };
}

/** Judges each clause of these kinds in an `alter table`. */
export function onClause<K extends TableClause['kind']>(
  kinds: readonly K[],
  say: (clause: ClauseOf<K>, alter: AlterTable, context: LintContext) => string | undefined,
): Judge {
  return ({ action }, context) => {
    if (action.kind !== 'alter-table') return [];
    return action.clauses.flatMap((clause) =>
      isOneOf(clause, kinds) ? judged(say(clause, action, context), clause.at) : [],
    );
  };
}

/** Judges each column that a statement defines, in a new table or an old one. */
export function onColumn(
  say: (column: ColumnFacts, table: WrittenName, context: LintContext) => string | undefined,
): Judge {
  return ({ action }, context) =>
    definedColumns(action).flatMap((column) => judged(say(column, tableOf(action), context), column.at));
}

/** All of several judges. */
export function allOf(...judges: readonly Judge[]): Judge {
  return (statement, context) => judges.flatMap((judge) => judge(statement, context));
}

/** The columns that a statement defines. */
export function definedColumns(action: LintAction): readonly ColumnFacts[] {
  if (action.kind === 'create-table') return action.columns;
  if (action.kind !== 'alter-table') return [];
  return action.clauses.flatMap((clause) =>
    clause.kind === 'add-column' || clause.kind === 'modify-column' ? [clause.column] : [],
  );
}

function tableOf(action: LintAction): WrittenName {
  return 'table' in action ? action.table : { name: '', at: 0 };
}

function isOneOf<T extends { readonly kind: string }, K extends T['kind']>(
  value: T,
  kinds: readonly K[],
): value is Extract<T, { kind: K }> {
  return kinds.some((kind) => kind === value.kind);
}

function judged(message: string | undefined, at?: number): readonly Judgement[] {
  return message === undefined ? [] : [{ message, ...(at === undefined ? {} : { at }) }];
}
