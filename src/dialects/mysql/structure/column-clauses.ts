import { memberOf } from '../definition/context.ts';
import { mysqlText } from '../text.ts';
import type { AlterClause } from './alter-clause.ts';
import { printColumn } from './print-table.ts';
import { namesIn } from './scan.ts';
import type { TableChanges } from './table-changes.ts';
import type { ColumnShape } from './table-shape.ts';

/** The clauses that drop columns. */
export function dropColumns({ from, columns }: TableChanges): readonly AlterClause[] {
  const gone = columns.dropped.map(({ name }): AlterClause => ({
    sql: `drop column ${mysqlText.name(name)}`,
    place: 'main',
    cost: 'copy',
    done: { question: 'missing', object: memberOf(from, 'column', name) },
    note: `the values of ${name} are dropped`,
  }));
  const replaced = columns.recreated.map(([{ name }]): AlterClause => ({
    sql: `drop column ${mysqlText.name(name)}`,
    place: 'main',
    cost: 'copy',
  }));
  return [...gone, ...replaced];
}

/** The clauses that change columns in place, each with the whole definition: what a clause leaves out would be lost. */
export function changeColumns({ columns }: TableChanges): readonly AlterClause[] {
  return columns.changed.map(([before, after]) => {
    const isRenamed = before.name !== after.name;
    const verb = isRenamed ? `change column ${mysqlText.name(before.name)}` : 'modify column';
    const note = conversionNote(before, after);
    return {
      sql: `${verb} ${printColumn(after)}`,
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
      place: isIndependent(column, changes) ? 'first' : 'main',
      cost: column.parts.generated?.endsWith('STORED') === true || isComputed(column) ? 'copy' : 'catalog',
      done: { question: 'exists', object: memberOf(to, 'column', column.name) },
    };
  });
  const replaced = columns.recreated.map(([, column]): AlterClause => ({
    sql: `add column ${printColumn(column)}`,
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
