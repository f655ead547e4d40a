import type { ObjectName } from '../../../catalog/model/object-name.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import type { Safety } from '../../../dialect/structure/rules.ts';
import { nameList, newName, postgresText, qualified } from '../text.ts';
import { createIndexText, indexName } from './index-text.ts';
import { setNotNull } from './not-null.ts';
import { begins, builds, plainly, reading, type StepOptions } from './step.ts';
import { temporaryName } from './temporary-name.ts';

/** A unique constraint or a primary key. */
export interface KeyText {
  readonly table: ObjectName;
  readonly name: string;
  readonly kind: 'unique' | 'primary key';
  readonly columns: readonly string[];
  readonly include?: readonly string[] | undefined;
  readonly nullsNotDistinct?: boolean | undefined;
  /** `deferrable initially deferred`. */
  readonly deferrable?: string | undefined;
  /** Storage parameters of its index: `fillfactor='70'`. */
  readonly storage?: string | undefined;
}

/** What is known of the table that a key is put on. */
export interface KeyContext extends StepOptions {
  /** Columns of a primary key that may still be null. */
  readonly nullable?: readonly string[] | undefined;
}

/**
 * Adds a unique constraint or a primary key. `online` builds its index while others write and then hands it over. A
 * partitioned table takes no index that way: ask for `plain` there.
 */
export function addKey(key: KeyText, safe: Safety, context: KeyContext = {}): readonly DefinitionStatement[] {
  const alter = `alter table ${qualified(key.table)}`;
  if (safe === 'plain') return [plainly(`${alter} add ${keyText(key)}`, { ...reading(key.table), ...context })];
  return [...prepare(key, context), begins(`${alter} ${addUsingIndex(key)}`, { usesUp: indexOf(key) })];
}

/** Gives a unique constraint or a primary key another definition, in one statement: there is always one of them. */
export function replaceKey(
  key: KeyText,
  safe: Safety,
  context: KeyContext & { readonly oldName?: string | undefined } = {},
): readonly DefinitionStatement[] {
  const alter = `alter table ${qualified(key.table)} drop constraint ${postgresText.name(context.oldName ?? key.name)}`;
  if (safe === 'plain') return [plainly(`${alter}, add ${keyText(key)}`, { ...reading(key.table), ...context })];
  return [...prepare(key, context), begins(`${alter}, ${addUsingIndex(key)}`, { usesUp: indexOf(key) })];
}

/** A key as it stands in `create table` and `alter table … add`. */
function keyText({ name, kind, columns, include = [], ...rest }: KeyText): string {
  const { nullsNotDistinct = false, deferrable, storage } = rest;
  return [
    `constraint ${newName(name)} ${kind}${nullsNotDistinct ? ' nulls not distinct' : ''} (${nameList(columns)})`,
    ...(include.length === 0 ? [] : [`include (${nameList(include)})`]),
    ...(storage === undefined ? [] : [`with (${storage})`]),
    ...(deferrable === undefined ? [] : [deferrable]),
  ].join(' ');
}

/** The index is unique already and the columns without null: the server has nothing left to read. */
function prepare(key: KeyText, { nullable = [], ...options }: KeyContext): readonly DefinitionStatement[] {
  const { table } = key;
  const index = { table, name: indexOf(key).name, unique: true, body: keyIndexBody(key) };
  return [
    ...(key.kind === 'primary key' ? nullable.flatMap((column) => setNotNull({ table, column }, 'online')) : []),
    builds(createIndexText(index, 'concurrently'), indexName(index), options),
  ];
}

/** What stands behind the table's name in the statement that makes its index. */
export function keyIndexBody({ columns, include = [], nullsNotDistinct = false, storage }: KeyText): string {
  return [
    `using btree (${nameList(columns)})`,
    ...(include.length === 0 ? [] : [`include (${nameList(include)})`]),
    ...(nullsNotDistinct ? ['nulls not distinct'] : []),
    ...(storage === undefined ? [] : [`with (${storage})`]),
  ].join(' ');
}

/** The index takes the name of the constraint. */
function addUsingIndex(key: KeyText): string {
  const deferrable = key.deferrable === undefined ? '' : ` ${key.deferrable}`;
  return `add constraint ${newName(key.name)} ${key.kind} using index ${postgresText.name(indexOf(key).name)}${deferrable}`;
}

/** The index it is built as, before it takes the name of the key. */
function indexOf({ table, name, kind, columns, include }: KeyText): ObjectName {
  const parts = [qualified(table), JSON.stringify([kind, columns, include])];
  return indexName({ table, name: temporaryName(name, 'new', ...parts) });
}
