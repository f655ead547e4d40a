import type { MysqlAnswerPacket, MysqlClient, MysqlOutgoingPacket, MysqlRawCommand } from './library.ts';

/** COM_SET_OPTION with MYSQL_OPTION_MULTI_STATEMENTS_ON or _OFF: length 3, sequence 0, command, option. */
const switchOn = Buffer.from([3, 0, 0, 0, 0x1b, 0, 0]);
const switchOff = Buffer.from([3, 0, 0, 0, 0x1b, 1, 0]);

/**
 * Lets this session send several statements as one text, or forbids it again. The server itself splits them: only it
 * knows where a routine with statements of its own ends. Off is the state of all ordinary work, so that a value that
 * slips into SQL text cannot become a second statement.
 */
export async function setMultiStatements(client: MysqlClient, allowed: boolean): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  client.addCommand(
    new SetOption(allowed ? switchOn : switchOff, (error) => (error === null ? resolve() : reject(error))),
  );
  await promise;
}

/** In the shape of the library's own commands, which have none for this one. */
class SetOption implements MysqlRawCommand {
  readonly onResult: (error: Error | null) => void;
  readonly #packet: Buffer;

  constructor(packet: Buffer, onResult: (error: Error | null) => void) {
    this.#packet = packet;
    this.onResult = onResult;
  }

  execute(answer: MysqlAnswerPacket | undefined, client: MysqlClient): boolean {
    if (answer === undefined) {
      client.sequenceId = 0;
      client.writePacket(framed(this.#packet));
      return false;
    }
    this.onResult(answer.isError() ? answer.asError(client.clientEncoding) : null);
    return true;
  }
}

function framed(buffer: Buffer): MysqlOutgoingPacket {
  return { buffer, length: () => buffer.length, writeHeader: () => undefined };
}
