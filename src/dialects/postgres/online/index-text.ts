import type { ObjectName } from '../../../catalog/model/object-name.ts';
import { newName, qualified } from '../text.ts';

/** An index as text: its name, its table, and everything that comes after the table's name. */
export interface IndexText {
  readonly name: string;
  readonly table: ObjectName;
  readonly unique: boolean;
  /** From the access method on: `using btree (email) where (active)`. */
  readonly body: string;
}

/** The statement that makes it; `mode` is what stands before the name or the table. */
export function createIndexText(index: IndexText, mode?: 'concurrently' | 'only'): string {
  const { name, table, unique, body } = index;
  const concurrently = mode === 'concurrently' ? 'concurrently ' : '';
  const only = mode === 'only' ? 'only ' : '';
  return `create ${unique ? 'unique ' : ''}index ${concurrently}${newName(name)} on ${only}${qualified(table)} ${body}`;
}

/** The index's own name with its namespace: it lives in the one of its table. */
export function indexName({ table, name }: Pick<IndexText, 'table' | 'name'>): ObjectName {
  return table.namespace === undefined ? { name } : { namespace: table.namespace, name };
}

const header = /^create (unique )?index (?:"(?:[^"]|"")+"|[^\s"]+) on (?:only )?(?:(?:"(?:[^"]|"")+"|[^\s".]+)\.?)+ /i;

/** What `pg_get_indexdef` printed, taken apart. */
export function parseIndexText(definition: string, name: string, table: ObjectName): IndexText {
  const match = header.exec(definition);
  return { name, table, unique: match?.[1] !== undefined, body: definition.slice(match?.[0].length ?? 0) };
}

/** Is an index one of columns alone, without expressions and without a predicate? */
export function isOfColumns(body: string): boolean {
  return /^(?:using \S+ )?\((?:"(?:[^"]|"")+"|[^()"])*\)(?! where)(?: include \((?:"(?:[^"]|"")+"|[^()"])*\))?(?!.* where )/i.test(
    body,
  );
}
