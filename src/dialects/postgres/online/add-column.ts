import type { ObjectName } from '../../../catalog/model/object-name.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import type { Safety } from '../../../dialect/structure/rules.ts';
import { newName, postgresText, qualified } from '../text.ts';
import { askedAlter } from './asked-alter.ts';
import { backfill } from './backfill.ts';
import { addConstraint, type ConstraintText } from './constraint.ts';
import { mayVary } from './default-text.ts';
import { addKey, type KeyText } from './key.ts';
import { setNotNull } from './not-null.ts';
import { begins, joins, plainly, rewriting, together } from './step.ts';
import { temporaryName } from './temporary-name.ts';

/** A new column as text. */
export interface ColumnText {
  readonly table: ObjectName;
  readonly name: string;
  /** The type, its collation with it: `text collate "C"`. */
  readonly type: string;
  readonly notNull: boolean;
  readonly default?: string | undefined;
  /** `generated always as identity (start with 10)`. */
  readonly identity?: string | undefined;
  /** `generated always as ((a * 2)) stored`. */
  readonly generated?: string | undefined;
  /** Checks and foreign keys of this column. */
  readonly constraints?: readonly ConstraintText[] | undefined;
  readonly keys?: readonly KeyText[] | undefined;
}

/**
 * Adds a column. `online` never rewrites the table for a default or a number in each row, and adds the column's
 * constraints after it. A stored generated column cannot be added without a rewrite; the statement says so, and asks for a
 * copy of the table instead.
 */
export function addColumn(column: ColumnText, safe: Safety): readonly DefinitionStatement[] {
  const { constraints = [], keys = [] } = column;
  return [
    ...columnAlone(column, safe),
    ...constraints.flatMap((constraint) => addConstraint(constraint, safe)),
    ...keys.flatMap((key) => addKey(key, safe)),
  ];
}

function columnAlone(column: ColumnText, safe: Safety): readonly DefinitionStatement[] {
  const { table, name, notNull, identity } = column;
  if (column.generated !== undefined && / stored$/i.test(column.generated)) {
    const statement = plainly(addText(column), rewriting(table));
    const isAsked = safe === 'online' && askedAlter(statement.sql) !== undefined;
    return [isAsked ? { ...statement, asks: true } : statement];
  }
  if (safe === 'plain') return [plainly(addText(column))];
  if (identity !== undefined) return addNumbered(column, identity);
  if (column.default === undefined || !mayVary(column.default)) return [begins(addText(column))];
  return [
    begins(addText({ table, name, type: column.type, notNull: false })),
    joins(`${alterColumn(column)} set default ${column.default}`),
    fill(column),
    ...(notNull ? setNotNull({ table, column: name }, safe) : []),
  ];
}

/** The rows are numbered from a sequence of its own; at the end the column's sequence goes on from there. */
function addNumbered(column: ColumnText, identity: string): readonly DefinitionStatement[] {
  const { table, name, type } = column;
  const options = (/\(([^)]*)\)\s*$/.exec(identity)?.[1] ?? '').replace(/^sequence name (?:"(?:[^"]|"")+"\.?)+/i, '');
  const sequence = { ...table, name: temporaryName(name, 'new', qualified(table), identity) };
  const own = `pg_get_serial_sequence(${postgresText.literal(qualified(table))}, ${postgresText.literal(name)})`;
  return [
    begins(addText({ table, name, type, notNull: false })),
    joins(`create sequence ${qualified(sequence)} ${options}`.trimEnd()),
    joins(`${alterColumn(column)} set default nextval(${postgresText.literal(qualified(sequence))})`),
    fill(column),
    ...setNotNull({ table, column: name }, 'online'),
    ...together([
      `${alterColumn(column)} drop default`,
      `${alterColumn(column)} add ${identity}`,
      `select setval(${own}, last_value, is_called) from ${qualified(sequence)}`,
      `drop sequence ${qualified(sequence)}`,
    ]),
  ];
}

function fill({ table, name }: ColumnText): DefinitionStatement {
  const column = postgresText.name(name);
  return backfill({ table, set: `${column} = default`, pending: `${column} is null` });
}

function addText(column: ColumnText): string {
  return [
    `alter table ${qualified(column.table)} add column ${newName(column.name)} ${column.type}`,
    ...(column.generated === undefined ? [] : [column.generated]),
    ...(column.identity === undefined ? [] : [column.identity]),
    ...(column.default === undefined ? [] : [`default ${column.default}`]),
    ...(column.notNull ? ['not null'] : []),
  ].join(' ');
}

function alterColumn({ table, name }: ColumnText): string {
  return `alter table ${qualified(table)} alter column ${postgresText.name(name)}`;
}
