import { mysqlText } from '../text.ts';

/** A statement as the definition compiler prints it, taken apart. */
export interface AlterText {
  readonly verb: 'alter' | 'create';
  readonly table: string;
  /** Everything behind the table's name. */
  readonly rest: string;
}

/** Undefined: no statement that makes or alters a table. */
export function parseAlter(sql: string): AlterText | undefined {
  const [, verb, name, rest = ''] = /^(alter|create) table `((?:[^`]|``)+)` (.*)$/s.exec(sql) ?? [];
  if (verb === undefined || name === undefined) return undefined;
  return { verb: verb === 'alter' ? 'alter' : 'create', table: unquoted(name), rest };
}

/** The name that a table gets by the statement. */
export function renamedTo(rest: string): string | undefined {
  const [, name] = /^rename to `((?:[^`]|``)+)`/i.exec(rest) ?? [];
  return name === undefined ? undefined : unquoted(name);
}

/** The tables that get other names by the statement: `rename table` with one or more pairs, in order. */
export function parseRenames(sql: string): readonly (readonly [from: string, to: string])[] {
  if (!sql.startsWith('rename table ')) return [];
  return [...sql.matchAll(/`((?:[^`]|``)+)` to `((?:[^`]|``)+)`/g)].map(([, from = '', to = '']) => [
    unquoted(from),
    unquoted(to),
  ]);
}

/** The tables that foreign keys of the statement refer to, or that it makes a table like. */
export function referred(rest: string): readonly string[] {
  return [...rest.matchAll(/(?:\breferences|^like) `((?:[^`]|``)+)`(?= \(|$)/gi)].map(([, name = '']) =>
    unquoted(name),
  );
}

/** Other names for what the statement speaks of. */
export interface Renaming {
  table(name: string): string;
  constraint(name: string): string;
  index(name: string): string;
}

/** The statement about other tables, with names of their own for what has to have one in the database. */
export function renamed(rest: string, to: Renaming): string {
  return rest
    .replaceAll(/(\breferences|\brename to|^like) `((?:[^`]|``)+)`/gi, (_all, words: string, name: string) =>
      [words, mysqlText.name(to.table(unquoted(name)))].join(' '),
    )
    .replaceAll(/\b(constraint|foreign key) `((?:[^`]|``)+)`/gi, (_all, words: string, name: string) =>
      [words, mysqlText.name(to.constraint(unquoted(name)))].join(' '),
    )
    .replaceAll(/\b(drop index) `((?:[^`]|``)+)`/gi, (_all, words: string, name: string) =>
      [words, mysqlText.name(to.index(unquoted(name)))].join(' '),
    );
}

function unquoted(name: string): string {
  return name.replaceAll('``', '`');
}
