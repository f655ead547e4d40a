import { hash } from 'node:crypto';
import type { OnlineAlter } from '../../../dialect/online-alter.ts';

export const moments = ['delete', 'update', 'insert'] as const;

export type Moment = (typeof moments)[number];

/** What is there while a copy of a table is made: the same names in every run of the statement. */
export interface CopyNames {
  /** The copy until it is as it is to be. */
  readonly unready: string;
  readonly copy: string;
  /** The table whose place the copy has taken. */
  readonly old: string;
  readonly trigger: Readonly<Record<Moment, string>>;
}

/** What the names of copies begin with. */
export const copyPrefix: string = '_rowhouse_copy_';

export function copyNames({ table, sql }: Pick<OnlineAlter, 'table' | 'sql'>): CopyNames {
  const id = hash('sha256', `${table} ${sql}`).slice(0, 12);
  const named = (purpose: string): string => `_rowhouse_${purpose}_${id}`;
  return {
    unready: named('unready'),
    copy: `${copyPrefix}${id}`,
    old: named('old'),
    trigger: { delete: named('delete'), update: named('update'), insert: named('insert') },
  };
}

/** The index by which rows of a copy are found where none of its own leads to them. */
export const keyIndex: string = '_rowhouse_key';

const interimPrefix = '_rowhouse_';

/** The longest name of a foreign key that has room for what goes before it. */
export const longestForeignKey: number = 64 - interimPrefix.length;

/** A foreign key's name belongs to the whole database, so for a while it has this one. */
export function interimKey(name: string): string {
  return `${interimPrefix}${name}`;
}

/** Undefined: no name for a while. */
export function finalKey(name: string): string | undefined {
  return name.startsWith(interimPrefix) ? name.slice(interimPrefix.length) : undefined;
}
