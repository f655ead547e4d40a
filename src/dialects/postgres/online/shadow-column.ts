import type { DefinitionStatement } from '../../../dialect/definition.ts';
import { newName, postgresText, qualified } from '../text.ts';
import { backfill } from './backfill.ts';
import { addConstraint, isNotValid, validate, type ConstraintText } from './constraint.ts';
import { createIndexText, indexName, type IndexText } from './index-text.ts';
import { keyIndexBody, type KeyText } from './key.ts';
import { addNotNullConstraint, setNotNull } from './not-null.ts';
import { renameInText } from './rename-in-text.ts';
import { builds, scans, together, type StepOptions } from './step.ts';
import { dropSync, keepInStep, syncedValue } from './sync-trigger.ts';
import { temporaryName } from './temporary-name.ts';
import type { TypeChange } from './type-change.ts';

/**
 * A new column beside the old one, kept in step by a trigger and filled in batches; then its indexes and constraints;
 * then, for a moment, the lock under which the old column goes and the new one takes its name. It stands last then.
 */
export function shadowColumn(change: TypeChange, options: StepOptions): readonly DefinitionStatement[] {
  const { prepare, finish } = shadowSteps(change, options);
  return [...prepare, ...finish];
}

/** The long part, while the old column is in use, and the short one, that ends with the new column in its place. */
export function shadowSteps(
  change: TypeChange,
  options: StepOptions,
): { readonly prepare: readonly DefinitionStatement[]; readonly finish: readonly DefinitionStatement[] } {
  const { table, column, to, collation } = change;
  const shadow = temporaryName(column, 'new', qualified(table), to, collation ?? '', change.using ?? '');
  const name = postgresText.name(shadow);
  const value = syncedValue(change);
  const indexes = change.indexes.map((index) => shadowIndex(index, column, shadow));
  const keys = change.keys.map((key) => shadowKey(key, column, shadow));
  const constraints = [...change.checks, ...change.foreignKeys].map((constraint) =>
    shadowConstraint(constraint, column, shadow),
  );
  const prepare = [
    ...together(
      [
        `alter table ${qualified(table)} add column ${name} ${to}${collation === undefined ? '' : ` collate ${collation}`}`,
        ...keepInStep(change, shadow),
      ],
      options,
    ),
    backfill({ table, set: `${name} = ${value}`, pending: `${name} is null and ${value} is not null` }),
    ...[...indexes, ...keys].map(({ next }) => builds(createIndexText(next, 'concurrently'), indexName(next))),
    ...constraints.flatMap(({ next }) => addConstraint(next, 'online')),
    ...notNullShadow(change, shadow),
  ];
  const finish = [
    ...together(swap(change, shadow, { indexes, keys, constraints })),
    ...change.references
      .filter((reference) => !isNotValid(reference))
      .map((reference) => validate(reference.table, reference.name)),
    scans(`analyze ${qualified(table)} (${postgresText.name(column)})`),
  ];
  return { prepare, finish };
}

interface Shadows {
  readonly indexes: readonly Shadow<IndexText>[];
  readonly keys: readonly (Shadow<IndexText> & { readonly key: KeyText })[];
  readonly constraints: readonly Shadow<ConstraintText>[];
}

interface Shadow<T> {
  readonly name: string;
  readonly next: T;
}

/** One transaction: whoever comes before sees the old column, whoever comes after the new one. */
function swap(change: TypeChange, shadow: string, { indexes, keys, constraints }: Shadows): readonly string[] {
  const { table, column } = change;
  const alter = `alter table ${qualified(table)}`;
  const alterColumn = `${alter} alter column ${postgresText.name(column)}`;
  const old = temporaryName(column, 'old', qualified(table), change.to);
  return [
    ...change.references.map(
      (key) => `alter table ${qualified(key.table)} drop constraint ${postgresText.name(key.name)}`,
    ),
    ...(change.before ?? []),
    ...dropSync(change),
    `${alter} rename column ${postgresText.name(column)} to ${newName(old)}`,
    `${alter} rename column ${postgresText.name(shadow)} to ${newName(column)}`,
    ...moveNumbering(change, old),
    ...(change.ownedSequences ?? []).map(
      (sequence) => `alter sequence ${qualified(sequence)} owned by ${qualified(table)}.${postgresText.name(column)}`,
    ),
    `${alter} drop column ${postgresText.name(old)}`,
    ...(change.default === undefined ? [] : [`${alterColumn} set default ${change.default}`]),
    ...indexes.map(({ name, next }) => `alter index ${qualified(indexName(next))} rename to ${newName(name)}`),
    ...keys.map(({ key, next }) => {
      const deferrable = key.deferrable === undefined ? '' : ` ${key.deferrable}`;
      return `${alter} add constraint ${newName(key.name)} ${key.kind} using index ${postgresText.name(next.name)}${deferrable}`;
    }),
    ...constraints.map(
      ({ name, next }) => `${alter} rename constraint ${postgresText.name(next.name)} to ${newName(name)}`,
    ),
    ...(change.notNull && change.notNullName !== undefined
      ? [`${alter} rename constraint ${postgresText.name(notNullShadowName(change))} to ${newName(change.notNullName)}`]
      : []),
    ...(change.comment === undefined
      ? []
      : [
          `comment on column ${qualified(table)}.${postgresText.name(column)} is ${postgresText.literal(change.comment)}`,
        ]),
    ...change.references.map(
      (key) =>
        `alter table ${qualified(key.table)} add constraint ${newName(key.name)} ${key.definition}${isNotValid(key) ? '' : ' not valid'}`,
    ),
    ...(change.after ?? []),
  ];
}

/** Where the constraint has a name of its own, it is made with one, so that it can get the old one's. */
function notNullShadow(change: TypeChange, shadow: string): readonly DefinitionStatement[] {
  if (!change.notNull) return [];
  const column = { table: change.table, column: shadow };
  return change.notNullName === undefined
    ? setNotNull(column, 'online')
    : addNotNullConstraint({ ...column, name: notNullShadowName(change) }, 'online');
}

function notNullShadowName({ table, column, to }: TypeChange): string {
  return temporaryName(`${column}_not_null`, 'new', qualified(table), to);
}

/** The new column goes on counting where the old one stopped. */
function moveNumbering({ table, column, identity }: TypeChange, old: string): readonly string[] {
  if (identity === undefined) return [];
  const sequence = (name: string): string =>
    `pg_get_serial_sequence(${postgresText.literal(qualified(table))}, ${postgresText.literal(name)})`;
  return [
    `alter table ${qualified(table)} alter column ${postgresText.name(column)} add ${identity}`,
    `select setval(${sequence(column)}, last) from (select pg_sequence_last_value(${sequence(old)}::regclass)) as numbering (last) where last is not null`,
  ];
}

function shadowIndex(index: IndexText, column: string, shadow: string): Shadow<IndexText> {
  const body = renameInText(index.body, column, shadow);
  const name = temporaryName(index.name, 'new', qualified(index.table), body);
  return { name: index.name, next: { ...index, name, body } };
}

function shadowKey(key: KeyText, column: string, shadow: string): Shadows['keys'][number] {
  const other = (name: string): string => (name === column ? shadow : name);
  const body = keyIndexBody({ ...key, columns: key.columns.map(other), include: key.include?.map(other) });
  const name = temporaryName(key.name, 'new', qualified(key.table), body);
  return { key, name: key.name, next: { name, table: key.table, unique: true, body } };
}

function shadowConstraint(constraint: ConstraintText, column: string, shadow: string): Shadow<ConstraintText> {
  const definition = renameInText(constraint.definition, column, shadow);
  const name = temporaryName(constraint.name, 'new', qualified(constraint.table), definition);
  return { name: constraint.name, next: { ...constraint, name, definition } };
}
