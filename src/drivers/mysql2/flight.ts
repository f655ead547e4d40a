import type { Result } from '../../driver/connection.ts';
import type { Landing } from './landing.ts';
import type { MysqlAnswerPacket, MysqlClient, MysqlRawCommand } from './library.ts';
import { isError, isRowsEnd, readCounts, readStatus } from './protocol/answer.ts';
import type { Part } from './protocol/column.ts';
import { columnsOf, type KnownColumns } from './protocol/known-columns.ts';
import { codedNumber } from './protocol/lengths.ts';

/** A statement that the server keeps, under a number. */
export interface Prepared {
  readonly id: number;
  readonly parameterCount: number;
  /** Its rows are rows that it wrote. */
  readonly writes: boolean;
  /** Of its rows when they came last. */
  columns?: KnownColumns | undefined;
}

/** A command on its way: the bytes, and for a prepared statement what is known of it. */
export interface Sent {
  readonly packet: Buffer;
  readonly prepared: Prepared | undefined;
}

/** What became of one command. */
export type Outcome = Result | Error;

const noRows: Result['rows'] = [];
const noFields: readonly string[] = [];

/**
 * Commands that are all sent before the first is answered; the server answers them in order. In the shape of the library's
 * own commands, which parse the description of the columns anew for each answer and make an event of each of its parts.
 */
export class Flight implements MysqlRawCommand {
  readonly #sent: readonly Sent[];
  readonly #landing: Landing;
  readonly #onRow: ((row: unknown[]) => void) | undefined;
  readonly #outcomes: Outcome[] = [];
  #expected: 'header' | 'columns' | 'columns-end' | 'rows' = 'header';
  #columnCount = 0;
  #parts: Part[] = [];
  #columns: KnownColumns | undefined;
  #rows: unknown[][] = [];
  /** A routine gives several results: the first one that has rows counts. */
  #isTaken = false;

  /** `onRow` takes the rows one by one, which are then not part of the outcome. */
  constructor(sent: readonly Sent[], landing: Landing, onRow?: (row: unknown[]) => void) {
    this.#sent = sent;
    this.#landing = landing;
    this.#onRow = onRow;
  }

  /** The line is lost. */
  onResult(error: Error | null): void {
    this.#landing.land(error, this.#outcomes);
  }

  /** Called without a packet to begin, then with each packet of the answers; true ends it. */
  execute(packet: MysqlAnswerPacket | undefined, client: MysqlClient): boolean {
    if (packet === undefined) {
      client.sequenceId = 0;
      client.writePacket(framed(this.#sent));
      return false;
    }
    if (isError(packet)) return this.#finish(packet.asError(client.clientEncoding), client);
    switch (this.#expected) {
      case 'header':
        return this.#begin(packet, client);
      case 'columns':
        this.#parts.push({ buffer: packet.buffer, start: packet.offset, end: packet.end });
        if (this.#parts.length === this.#columnCount) this.#expected = 'columns-end';
        return false;
      case 'columns-end':
        this.#learnColumns();
        return false;
      case 'rows':
        if (isRowsEnd(packet)) return this.#endRows(packet, client);
        this.#takeRow(packet);
        return false;
    }
  }

  get #current(): Prepared | undefined {
    return this.#sent[this.#outcomes.length]?.prepared;
  }

  /** Counts, or how many columns the rows to come have. */
  #begin(packet: MysqlAnswerPacket, client: MysqlClient): boolean {
    if (packet.buffer[packet.offset] === 0) {
      const { changes, lastId, hasMore } = readCounts(packet);
      if (hasMore) return false;
      if (this.#isTaken) return this.#finish(this.#rowsResult(), client);
      return this.#finish({ rows: noRows, fields: noFields, changes, ...(lastId === 0n ? {} : { lastId }) }, client);
    }
    this.#columnCount = codedNumber(packet.buffer, packet.offset);
    this.#parts = [];
    this.#expected = 'columns';
    return false;
  }

  #learnColumns(): void {
    this.#expected = 'rows';
    const prepared = this.#current;
    if (this.#isTaken || prepared === undefined) return;
    prepared.columns = columnsOf(this.#parts, prepared.columns);
    this.#columns = prepared.columns;
  }

  #takeRow({ buffer, offset }: MysqlAnswerPacket): void {
    if (this.#isTaken || this.#columns === undefined) return;
    const row = this.#columns.read(buffer, offset);
    if (this.#onRow === undefined) this.#rows.push(row);
    else this.#onRow(row);
  }

  #endRows(packet: MysqlAnswerPacket, client: MysqlClient): boolean {
    this.#isTaken = true;
    this.#expected = 'header';
    return readStatus(packet).hasMore ? false : this.#finish(this.#rowsResult(), client);
  }

  #rowsResult(): Result {
    const rows = this.#rows;
    // The server counts no changes beside the rows that an INSERT, REPLACE or DELETE … RETURNING gives.
    const changes = this.#current?.writes === true ? rows.length : 0;
    return { rows, fields: this.#columns?.names ?? noFields, changes };
  }

  /** The answer to one command is over; the next one's is counted from 1 again. */
  #finish(outcome: Outcome, client: MysqlClient): boolean {
    this.#outcomes.push(outcome);
    if (this.#outcomes.length === this.#sent.length) {
      this.#landing.land(null, this.#outcomes);
      return true;
    }
    client.sequenceId = 1;
    this.#expected = 'header';
    this.#rows = [];
    this.#columns = undefined;
    this.#isTaken = false;
    return false;
  }
}

/** All the packets as one, so that they leave together. Each has its header already. */
function framed(sent: readonly Sent[]): Parameters<MysqlClient['writePacket']>[0] {
  const [first] = sent;
  const buffer = first !== undefined && sent.length === 1 ? first.packet : Buffer.concat(sent.map((one) => one.packet));
  return { buffer, length: () => buffer.length, writeHeader: () => undefined };
}
