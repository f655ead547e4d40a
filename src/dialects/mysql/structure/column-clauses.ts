import { memberOf } from '../definition/context.ts';
import { mysqlText } from '../text.ts';
import type { AlterClause } from './alter-clause.ts';
import { printColumn } from './print-table.ts';
import { namesIn } from './scan.ts';
import type { TableChanges } from './table-changes.ts';
import type { ColumnShape } from './table-shape.ts';

/** The clauses that drop columns. */
export function dropColumns({ from, columns }: TableChanges): readonly AlterClause[] {
  const gone = columns.dropped.map((column): AlterClause => ({
    ...dropColumn(column),
    keys: numbering(column),
    done: { question: 'missing', object: memberOf(from, 'column', column.name) },
    ...(column.parts.generated === undefined ? { loses: mysqlText.name(column.name) } : {}),
  }));
  const replaced = columns.recreated.map(([column]): AlterClause => ({
    ...dropColumn(column),
    keys: [`column ${column.name.toLowerCase()}`],
  }));
  return [...gone, ...replaced];
}

function dropColumn(column: ColumnShape): AlterClause {
  const about = printColumn(column);
  return { sql: `drop column ${mysqlText.name(column.name)}`, place: 'main', cost: 'copy', about };
}

/** The clauses that change columns in place, each with the whole definition: what a clause leaves out would be lost. */
export function changeColumns(changes: TableChanges): readonly AlterClause[] {
  return changes.columns.changed.map(([before, after]) => {
    const isRenamed = before.name !== after.name;
    const verb = isRenamed ? `change column ${mysqlText.name(before.name)}` : 'modify column';
    const note = conversionNote(before, after);
    return {
      sql: `${verb} ${printColumn(after)}`,
      about: printColumn(before),
      keys: [...numbering(before), ...numbering(after), ...charsetKeys(after, changes)],
      place: 'main',
      cost: isSameStorage(before, after) ? 'catalog' : 'copy',
      ...(note === undefined ? {} : { note }),
    };
  });
}

/** The clauses that add columns, at the end: where a column stands is no difference, and the end is cheap. */
export function addColumns(changes: TableChanges): readonly AlterClause[] {
  const { to, columns } = changes;
  const added = columns.added.map((column): AlterClause => {
    return {
      sql: `add column ${printColumn(column)}`,
      keys: [...numbering(column), ...charsetKeys(column, changes)],
      place: isIndependent(column, changes) ? 'first' : 'main',
      cost: column.parts.generated?.endsWith('STORED') === true || isComputed(column) ? 'copy' : 'catalog',
      done: { question: 'exists', object: memberOf(to, 'column', column.name) },
    };
  });
  const replaced = columns.recreated.map(([, column]): AlterClause => ({
    sql: `add column ${printColumn(column)}`,
    keys: [`column ${column.name.toLowerCase()}`, ...charsetKeys(column, changes)],
    place: 'main',
    cost: 'copy',
  }));
  return [...added, ...replaced];
}

/** A column that needs nothing else of the same `alter table`. */
function isIndependent({ name, parts, inherited }: ColumnShape, { from, to, columns }: TableChanges): boolean {
  const inTheWay = columns.dropped.some((column) => column.name.toLowerCase() === name.toLowerCase());
  const sameCharset = inherited === '' || from.frame.options['CHARSET'] === to.frame.options['CHARSET'];
  const alone = parts.generated === undefined && parts.autoIncrement === undefined && parts.check === undefined;
  return alone && sameCharset && !inTheWay && namesIn(parts.default ?? '').size === 0;
}

/** A numbered column needs an index from its first moment to its last. */
function numbering({ name, parts }: ColumnShape): readonly string[] {
  return parts.autoIncrement === undefined ? [] : [`number ${name.toLowerCase()}`];
}

/** What a column takes from its table it must find there. */
function charsetKeys({ inherited }: ColumnShape, { from, to }: TableChanges): readonly string[] {
  return inherited === '' || from.frame.options['CHARSET'] === to.frame.options['CHARSET'] ? [] : ['option CHARSET'];
}

/** Is its default worked out for each row? */
function isComputed({ parts }: ColumnShape): boolean {
  return (
    /^DEFAULT (?:\(|[a-z_]+\()/.test(parts.default ?? '') && !/^DEFAULT current_timestamp/i.test(parts.default ?? '')
  );
}

/** Do both definitions keep the same values in the same form? */
function isSameStorage(before: ColumnShape, after: ColumnShape): boolean {
  return (
    (
      ['type', 'characterSet', 'collate', 'generated', 'nullable', 'autoIncrement', 'compressed', 'check'] as const
    ).every((part) => before.parts[part] === after.parts[part]) && before.inherited === after.inherited
  );
}

function conversionNote(before: ColumnShape, after: ColumnShape): string | undefined {
  if (before.parts.type !== after.parts.type)
    return `values of ${after.name} that do not fit ${after.parts.type ?? ''} are refused by a strict session and cut by any other`;
  const tightens = before.parts.nullable !== 'NOT NULL' && after.parts.nullable === 'NOT NULL';
  return tightens ? `rows without a value in ${after.name} are refused` : undefined;
}
