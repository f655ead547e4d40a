import type { Change } from '../change/change.ts';
import { mentions, mentionsWord } from '../change/mentions.ts';
import { sameRaw } from '../change/same-raw.ts';
import type { Catalog } from '../model/catalog.ts';
import type { Expression } from '../model/expression.ts';
import { sameName, type ObjectName } from '../model/object-name.ts';
import type { RawObject } from '../model/raw-object.ts';
import type { View } from '../model/view.ts';
import type { ChangedColumns } from './column-effects.ts';
import { nameOf } from './members.ts';

/** What reads tables: a view, or an object kept as SQL. */
export type Reader =
  | { readonly kind: 'view'; readonly view: View }
  | { readonly kind: 'raw'; readonly object: RawObject };

/** Every reader that comes after the tables, each after those that it reads where the catalog's order says so. */
export function readersOf({ views, raw }: Catalog): readonly Reader[] {
  return inOrderOfNeed([
    ...views.map((view): Reader => ({ kind: 'view', view })),
    ...raw.filter(({ stage }) => stage === 'after-tables').map((object): Reader => ({ kind: 'raw', object })),
  ]);
}

/** The reader's own name. */
export function readerName(reader: Reader): ObjectName {
  return reader.kind === 'view' ? reader.view : reader.object;
}

/** Are these the same object, in this state or another? */
export function sameReader(a: Reader, b: Reader): boolean {
  if (a.kind === 'view') return b.kind === 'view' && sameName(a.view, b.view);
  return b.kind === 'raw' && sameRaw(a.object, b.object);
}

/** Objects kept as SQL that the engine ties to the columns they read; it looks into a function only when it runs. */
const tiedTypes = new Set(['view', 'materialized view', 'policy', 'trigger', 'rule']);

/** Does the reader vanish, or stop the engine, when what it needs is dropped? A routine stays: it looks when it runs. */
export function goesWithNeeds(reader: Reader): boolean {
  return reader.kind === 'view' || !['function', 'procedure'].includes(reader.object.type);
}

/** Does the engine stop what the reader names from changing? */
export function isTied(reader: Reader): boolean {
  return reader.kind === 'view' || tiedTypes.has(reader.object.type);
}

/** Does the reader name one of these columns? By name only: rather one too many than one too few. */
export function readsColumns(reader: Reader, { table, columns }: ChangedColumns): boolean {
  const belongs = reader.kind === 'raw' && reader.object.table === table.name;
  if (!belongs && !speaksOf(reader, table.name)) return false;
  return columns === undefined || columns.some((column) => speaksOf(reader, column)) || readsAll(reader);
}

/** Does the reader need the other one to stand? */
export function needs(reader: Reader, other: Reader): boolean {
  if (reader === other) return false;
  const name = readerName(other);
  if (reader.kind === 'raw' && reader.object.requires !== undefined)
    return reader.object.requires.some((required) => sameName(required, name));
  if (reader.kind === 'raw' && other.kind === 'raw' && other.object.table !== undefined) return false;
  // A comment has the name of what it is about, which says its own name.
  if (sameName(readerName(reader), name)) return false;
  return speaksOf(reader, name.name);
}

/** Does its text say this name, as a word? */
export function speaksOf(reader: Reader, name: string): boolean {
  if (reader.kind === 'view') return mentions(reader.view.query, name);
  return Object.values(reader.object.create).some((text) => mentionsWord(text, name));
}

/** `select *`: every column of what it reads. */
function readsAll(reader: Reader): boolean {
  if (reader.kind === 'view') return textsOf(reader.view.query).some((text) => text.includes('*'));
  const isView = reader.object.type.endsWith('view');
  return isView && Object.values(reader.object.create).some((text) => text.includes('*'));
}

function textsOf({ parts, variants = {} }: Expression): readonly string[] {
  return [parts, ...Object.values(variants)].flat().flatMap((part) => (part.kind === 'text' ? [part.text] : []));
}

/** These readers with those that go when they go. */
export function withNeeding(all: readonly Reader[], some: readonly Reader[]): readonly Reader[] {
  const found = new Set(some);
  for (const reader of found)
    for (const other of all) if (goesWithNeeds(other) && needs(other, reader)) found.add(other);
  return all.filter((reader) => found.has(reader));
}

/** The change that makes a reader. */
export function createReader(reader: Reader): Change {
  return reader.kind === 'view'
    ? { kind: 'create-view', view: reader.view }
    : { kind: 'create-raw', object: reader.object };
}

/** The change that takes a reader away. */
export function dropReader(reader: Reader): Change {
  return reader.kind === 'view'
    ? { kind: 'drop-view', view: nameOf(reader.view) }
    : { kind: 'drop-raw', object: reader.object };
}

/** Each after those that it needs; where two need each other, or none does, as they stood. */
function inOrderOfNeed(readers: readonly Reader[]): readonly Reader[] {
  const ordered = new Set<Reader>();
  const open = new Set<Reader>();
  const visit = (reader: Reader): void => {
    if (ordered.has(reader) || open.has(reader)) return;
    open.add(reader);
    for (const other of readers) if (needs(reader, other)) visit(other);
    ordered.add(reader);
  };
  for (const reader of readers) visit(reader);
  return [...ordered];
}
