import type { Where } from '../filter/where.ts';
import type {
  EstimatedCount,
  EstimateOptions,
  Key,
  ListOptions,
  Page,
  PageOptions,
  ReadOptions,
  SearchOptions,
  Upserted,
  UpsertOptions,
  VersionOptions,
} from '../repository.ts';

/** Reads and writes the rows of one table, checks and hooks included. */
export interface Service<Row, Input, Change> {
  get(key: Key, options?: ReadOptions): Promise<Row>;
  find(key: Key, options?: ReadOptions): Promise<Row | undefined>;
  list(options?: ListOptions<Row>): Promise<Row[]>;
  page(options?: PageOptions<Row>): Promise<Page<Row>>;
  search(text: string, options: SearchOptions<Row>): Promise<Row[]>;
  count(where?: Where<Row>, options?: ReadOptions): Promise<number>;
  estimateCount(where?: Where<Row>, options?: EstimateOptions): Promise<EstimatedCount>;
  exists(where?: Where<Row>, options?: ReadOptions): Promise<boolean>;

  /** Throws `VALUE_INVALID` with every fault of the input in `details.faults`, before anything is written. */
  create(input: Input): Promise<Row>;
  /** All or none; gives their number. One statement for many rows, unless `afterCreate` or `events` asks for each. */
  createMany(inputs: readonly Input[]): Promise<number>;
  /** Inserts the row, or changes the one with the same unique key. */
  upsert(input: Input, options: UpsertOptions<Row>): Promise<Upserted<Row>>;
  update(key: Key, change: Change): Promise<Row>;
  delete(key: Key, options?: VersionOptions): Promise<void>;
  restore(key: Key): Promise<Row>;
}
