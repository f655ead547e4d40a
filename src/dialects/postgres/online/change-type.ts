import type { DefinitionStatement } from '../../../dialect/definition.ts';
import type { Safety } from '../../../dialect/structure/rules.ts';
import { postgresText, qualified } from '../text.ts';
import { validate } from './constraint.ts';
import { typeChangeCost, type TypeChangeCost } from './free-type-change.ts';
import { isOfColumns } from './index-text.ts';
import { shadowColumn } from './shadow-column.ts';
import { plainly, rewriting, scans, together, type StepOptions } from './step.ts';
import type { TypeChange } from './type-change.ts';

/**
 * Gives a column another type. `online` does it in place where the server has nothing to rewrite, and otherwise writes
 * the new values beside the old ones and changes places at the end.
 */
export function changeType(
  change: TypeChange,
  safe: Safety,
  options: StepOptions = {},
): readonly DefinitionStatement[] {
  if (safe === 'plain') return plainChange(change, options);
  return needsShadow(change) ? shadowColumn(change, options) : changeInPlace(change, options);
}

/** True: in place the server would write or index all rows anew while nobody else can use them. */
export function needsShadow(change: TypeChange): boolean {
  return costOf(change) === 'rewrite' || rebuildsIndexes(change);
}

function costOf({ using, from, to }: TypeChange): TypeChangeCost {
  return using === undefined ? typeChangeCost(from, to) : 'rewrite';
}

/** The server keeps an index only if it has the same order and holds nothing but columns. */
function rebuildsIndexes({ changesCollation = false, indexes, keys }: TypeChange): boolean {
  return indexes.some(({ body }) => changesCollation || !isOfColumns(body)) || (changesCollation && keys.length > 0);
}

/** The statistics of a column go with its type, and a planner without them plans badly. */
function analyze({ table, column }: Pick<TypeChange, 'table' | 'column'>): DefinitionStatement {
  return scans(`analyze ${qualified(table)} (${postgresText.name(column)})`);
}

function plainChange(change: TypeChange, options: StepOptions): readonly DefinitionStatement[] {
  const holdsUp = needsShadow(change) ? rewriting(change.table) : {};
  const statements = [...(change.before ?? []), ...alterType(change), ...(change.after ?? [])];
  return [
    ...statements.map((sql, position) => plainly(sql, position === 0 ? { ...holdsUp, ...options } : {})),
    plainly(`analyze ${qualified(change.table)} (${postgresText.name(change.column)})`),
  ];
}

/**
 * The server looks at all rows again for each check of a column whose type changes, unless the check does not claim to
 * be true of them. It is put back as one that only binds new rows, in the same transaction, and proved afterwards.
 */
export function changeInPlace(change: TypeChange, options: StepOptions = {}): readonly DefinitionStatement[] {
  const inUtc = costOf(change) === 'free-in-utc';
  const alter = `alter table ${qualified(change.table)}`;
  const loosened = change.checks.map(
    ({ name, definition }) =>
      `${alter} drop constraint ${postgresText.name(name)}, add constraint ${postgresText.name(name)} ${definition} not valid`,
  );
  return [
    ...together(
      [
        ...(inUtc ? [`set local timezone to 'UTC'`] : []),
        ...(change.before ?? []),
        ...loosened,
        ...alterType(change),
        ...(change.after ?? []),
      ],
      inUtc ? { ...options, note: 'stored times are taken to be in UTC' } : options,
    ),
    ...change.checks.map(({ table, name }) => validate(table, name)),
    analyze(change),
  ];
}

/** The default is out of the way meanwhile: the server would have to cast it too, and may not know how. */
function alterType({ table, column, to, using, ...change }: TypeChange): readonly string[] {
  const alter = `alter table ${qualified(table)} alter column ${postgresText.name(column)}`;
  const collate = change.collation === undefined ? '' : ` collate ${change.collation}`;
  return [
    ...(change.oldDefault === undefined ? [] : [`${alter} drop default`]),
    `${alter} type ${to}${collate}${using === undefined ? '' : ` using ${using}`}`,
    ...(change.default === undefined ? [] : [`${alter} set default ${change.default}`]),
  ];
}
