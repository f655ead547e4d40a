import type { Statement } from '../../driver/connection.ts';
import type { Field } from '../table-plan.ts';
import type { UniqueKey } from './unique-key.ts';

/** What is asked of an upsert, but for the values. */
export interface AskedForm {
  readonly key: UniqueKey;
  /** The columns of the insert. */
  readonly fields: readonly Field[];
  /** The session has a tenant. */
  readonly bound: boolean;
  /** The properties to write when the row exists; absent: those given. */
  readonly update: readonly string[] | undefined;
}

/** What an upsert comes down to. */
export interface UpsertForm extends AskedForm {
  /** What the row gives. */
  readonly names: readonly string[];
  readonly statement: Statement;
  /** A row that is met stays as it is. */
  readonly changesNone: boolean;
}

/** What a row gives: as in an insert, what is undefined is left out. */
export function namesGiven(given: object): readonly string[] {
  return Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [name]));
}

/** Is this row, with what is asked, of a form that is known? Callers repeat themselves, so the lists are mostly the same. */
export function hasForm(given: object, { key, fields, bound, update }: AskedForm, form: UpsertForm): boolean {
  const isSame = form.key === key && form.fields === fields && form.bound === bound;
  return isSame && areSame(form.update, update) && givesJust(form.names, given);
}

function givesJust(names: readonly string[], given: object): boolean {
  if (!areSame(names, Object.keys(given))) return false;
  const row = given as Readonly<Record<string, unknown>>;
  for (const name of names) if (row[name] === undefined) return false;
  return true;
}

function areSame(some: readonly string[] | undefined, others: readonly string[] | undefined): boolean {
  if (some === undefined || others === undefined) return some === others;
  if (some.length !== others.length) return false;
  for (let place = 0; place < some.length; place++) if (some[place] !== others[place]) return false;
  return true;
}
