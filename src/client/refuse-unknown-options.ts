import { findUnknownOption, optionHint, optionNames } from '../util/unknown-option.ts';
import type {
  ClientListOptions,
  ClientManyOptions,
  ClientReadOptions,
  ClientWriteOptions,
  ResourceClient,
} from './resource-client.ts';

/** What takes options. */
export type Verb = keyof ResourceClient<object, object, object, unknown>;

const reading = optionNames<ClientReadOptions<unknown, unknown>>({ include: true, signal: true });
const listing = optionNames<ClientListOptions<object, unknown, unknown>>({
  where: true,
  order: true,
  include: true,
  limit: true,
  after: true,
  before: true,
  offset: true,
  q: true,
  count: true,
  signal: true,
});
const writing = optionNames<ClientWriteOptions>({ version: true, idempotencyKey: true, signal: true });
const writingMany = optionNames<ClientManyOptions>({ maxAffected: true, idempotencyKey: true, signal: true });

const optionsOf: Readonly<Record<Verb, ReadonlySet<string>>> = {
  get: reading,
  find: reading,
  page: listing,
  each: listing,
  create: writing,
  createMany: writing,
  createManySettled: writing,
  replace: writing,
  update: writing,
  updateWhere: writingMany,
  updateWhereSettled: writingMany,
  delete: writing,
  deleteWhere: writingMany,
  deleteWhereSettled: writingMany,
};

/** Refuses an option that the verb does not have: a mistyped filter would find every row. */
export function refuseUnknownOptions(verb: Verb, options: object | undefined): void {
  const known = optionsOf[verb];
  const unknown = findUnknownOption(options, known);
  if (unknown !== undefined) throw new TypeError(`${verb} has no option ${unknown}: ${optionHint(unknown, known)}`);
}
