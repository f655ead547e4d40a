import { RowhouseError } from '../errors/rowhouse-error.ts';
import { findUnknownOption, optionHint, optionNames } from '../util/unknown-option.ts';
import type { AggregateOptions } from './aggregate/aggregate-options.ts';
import type { IncludeOptions } from './include/include-tree.ts';
import type {
  EstimateOptions,
  ListOptions,
  LockListOptions,
  LockOptions,
  MatchOptions,
  PageOptions,
  ReadOptions,
  Repository,
  SearchOptions,
  StreamOptions,
  UpsertOptions,
  VersionOptions,
  WriteManyOptions,
} from './repository.ts';
import type { TablePlan } from './table-plan.ts';

type Row = Record<string, unknown>;

type Plain = 'insert' | 'insertMany' | 'update' | 'restore' | 'purge' | 'coalesced';

/** What takes options. */
type Verb = Exclude<keyof Repository<Row, Row, Row>, Plain> | 'coalesced read';

const reading = optionNames<ReadOptions>({ withDeleted: true });
const readingRow = optionNames<ReadOptions & IncludeOptions>({ withDeleted: true, include: true });
const listing = optionNames<ListOptions<Row> & IncludeOptions>({
  where: true,
  order: true,
  limit: true,
  offset: true,
  withDeleted: true,
  include: true,
});
const ofVersion = optionNames<VersionOptions>({ version: true });
const ofMany = optionNames<WriteManyOptions>({ expected: true });
const upserting = optionNames<UpsertOptions<Row>>({ match: true, update: true });

const optionsOf: Readonly<Record<Verb, ReadonlySet<string>>> = {
  get: readingRow,
  find: readingRow,
  getMany: readingRow,
  findMany: readingRow,
  getBy: readingRow,
  findBy: readingRow,
  'coalesced read': reading,
  count: reading,
  exists: reading,
  estimateCount: optionNames<EstimateOptions>({ exactUpTo: true, withDeleted: true }),
  list: listing,
  listAndCount: listing,
  page: optionNames<PageOptions<Row> & IncludeOptions>({
    where: true,
    order: true,
    limit: true,
    after: true,
    before: true,
    withDeleted: true,
    include: true,
  }),
  search: optionNames<SearchOptions<Row> & IncludeOptions>({
    fields: true,
    where: true,
    order: true,
    limit: true,
    offset: true,
    withDeleted: true,
    include: true,
  }),
  stream: optionNames<StreamOptions<Row> & IncludeOptions>({
    where: true,
    order: true,
    limit: true,
    offset: true,
    batchRows: true,
    signal: true,
    withDeleted: true,
    include: true,
  }),
  aggregate: optionNames<AggregateOptions<Row>>({
    where: true,
    groupBy: true,
    count: true,
    sum: true,
    avg: true,
    min: true,
    max: true,
    having: true,
    order: true,
    limit: true,
    offset: true,
    withDeleted: true,
  }),
  lock: optionNames<LockOptions>({ whenLocked: true }),
  lockList: optionNames<ListOptions<Row> & LockListOptions>({
    where: true,
    order: true,
    limit: true,
    offset: true,
    whenLocked: true,
    withDeleted: true,
  }),
  updateWhere: ofMany,
  deleteWhere: ofMany,
  purgeWhere: ofMany,
  delete: ofVersion,
  softDelete: ofVersion,
  upsert: upserting,
  upsertMany: upserting,
  getOrCreate: optionNames<MatchOptions<Row>>({ match: true }),
};

/** Refuses an option that the verb does not have: a mistyped filter would find every row. */
export function refuseUnknownOptions(options: object | undefined, verb: Verb, { label }: TablePlan): void {
  const known = optionsOf[verb];
  const unknown = findUnknownOption(options, known);
  if (unknown === undefined) return;
  throw new RowhouseError('FILTER_INVALID', `${label}: ${verb} has no option ${unknown}`, {
    details: { table: label, option: unknown },
    hint: optionHint(unknown, known),
  });
}
