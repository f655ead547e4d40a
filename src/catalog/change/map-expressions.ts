import type { Column } from '../model/column.ts';
import type { Expression, ExpressionPart } from '../model/expression.ts';
import type { Table } from '../model/table.ts';
import { replaceWord } from './mentions.ts';

/** Turns one part of an expression into what stands there afterwards. */
export type PartMapper = (part: ExpressionPart) => ExpressionPart;

/** The mapper that gives another name to what is called `from`; text written by hand is left alone. */
export function renaming(from: string, to: string): PartMapper {
  return (part) => (part.kind === 'name' && part.name === from ? { ...part, name: to } : part);
}

/** As `renaming`, for SQL that can mean only the columns of one table: there a word of the text is the column too. */
export function renamingColumn(from: string, to: string): PartMapper {
  return (part) =>
    part.kind === 'text' ? { ...part, text: renameOutsideQuotes(part.text, from, to) } : renaming(from, to)(part);
}

/** Strings stay as they are, and so does a function of that name. */
function renameOutsideQuotes(text: string, from: string, to: string): string {
  return text
    .split(/('(?:[^']|'')*'|[\p{L}_$][\p{L}\p{N}_$]*\s*\()/u)
    .map((piece, position) => (position % 2 === 1 ? piece : replaceWord(piece, from, to)))
    .join('');
}

/** The expression with every part mapped, in every variant. */
export function mapExpression(expression: Expression, map: PartMapper): Expression {
  const { parts, variants } = expression;
  const mapped = { ...expression, parts: parts.map(map) };
  if (variants === undefined) return mapped;
  const entries = Object.entries(variants).map(([engine, own]) => [engine, own.map(map)]);
  return { ...mapped, variants: Object.fromEntries(entries) };
}

/** The table with every expression in it mapped: defaults, generated columns, checks, index keys and predicates. */
export function mapTableExpressions(table: Table, map: PartMapper): Table {
  return {
    ...table,
    columns: table.columns.map((column) => mapColumnExpressions(column, map)),
    checks: table.checks.map((check) => ({ ...check, expression: mapExpression(check.expression, map) })),
    indexes: table.indexes.map((index) => ({
      ...index,
      keys: index.keys.map((key) =>
        key.expression === undefined ? key : { ...key, expression: mapExpression(key.expression, map) },
      ),
      ...(index.where === undefined ? {} : { where: mapExpression(index.where, map) }),
    })),
  };
}

function mapColumnExpressions(column: Column, map: PartMapper): Column {
  const { default: value, generated } = column;
  return {
    ...column,
    ...(value?.kind === 'expression'
      ? { default: { ...value, expression: mapExpression(value.expression, map) } }
      : {}),
    ...(generated === undefined
      ? {}
      : { generated: { ...generated, expression: mapExpression(generated.expression, map) } }),
  };
}
