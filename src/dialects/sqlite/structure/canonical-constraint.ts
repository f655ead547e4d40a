import type { ParsedConstraint, ParsedForeignKey, ParsedKey } from '../inspect/parse-constraint.ts';
import { sqliteText } from '../text.ts';
import { canonicalExpression } from './canonical-text.ts';
import { foldName } from '../rebuild/fold-name.ts';

/** A constraint in one spelling, whether it was written on its column or on the table. */
export function canonicalConstraint(constraint: ParsedConstraint): string {
  const isNamed = constraint.name !== undefined && !(constraint.kind === 'check' && isOfEnum(constraint.name));
  const name = isNamed ? `constraint ${sqliteText.name(constraint.name)} ` : '';
  return name + constraintBody(constraint);
}

/** The same without its name. */
export function constraintBody(constraint: ParsedConstraint): string {
  switch (constraint.kind) {
    case 'primary-key':
      // On its column `desc` keeps the key from being the row's number, so there it means something else.
      return `primary key ${keyText(constraint)}${constraint.inline && isDescending(constraint) ? ' inline' : ''}`;
    case 'unique':
      return `unique ${keyText(constraint)}`;
    case 'check':
      return `check (${canonicalExpression(constraint.expression)})`;
    case 'foreign-key':
      return foreignKeyText(constraint);
  }
}

/** The check of an enum is named after its table and column as they were called when it was made. */
function isOfEnum(name: string): boolean {
  return name.endsWith('_enum');
}

function keyText({ terms, conflict, autoincrement }: ParsedKey): string {
  const list = terms.map((term) => {
    const collation = term.collation === undefined ? '' : ` collate ${foldName(term.collation)}`;
    return `${foldName(term.name ?? term.text)}${collation}${term.descending ? ' desc' : ''}`;
  });
  return [
    `(${list.join(', ')})`,
    ...(autoincrement ? ['autoincrement'] : []),
    ...(conflict === undefined ? [] : [`on conflict ${conflict}`]),
  ].join(' ');
}

function isDescending({ terms }: ParsedKey): boolean {
  return terms[0]?.descending === true;
}

function foreignKeyText({ columns, table, references, onDelete, onUpdate, deferrable }: ParsedForeignKey): string {
  const list = (names: readonly string[]): string => foldName(`(${names.join(', ')})`);
  return [
    `foreign key ${list(columns)} references ${foldName(table)}`,
    ...(references.length === 0 ? [] : [list(references)]),
    `on delete ${onDelete} on update ${onUpdate}`,
    // `immediate` is what a foreign key is that says nothing.
    ...(deferrable === 'deferred' ? ['deferred'] : []),
  ].join(' ');
}
