/** Writes one packet of the protocol, little end first, into exactly as many bytes as were announced. */
export class PacketWriter {
  /** The packet with its header: three bytes of length and a sequence number, which is 0 for every command. */
  readonly packet: Buffer;
  #at = 4;

  constructor(payloadBytes: number) {
    this.packet = Buffer.allocUnsafe(4 + payloadBytes);
    // A longer one is cut into several, with headers of their own, by the library.
    this.packet.writeUInt32LE(payloadBytes & 0xff_ff_ff, 0);
  }

  byte(value: number): void {
    this.packet[this.#at++] = value;
  }

  int16(value: number): void {
    this.packet[this.#at++] = value;
    this.packet[this.#at++] = value >> 8;
  }

  int32(value: number): void {
    this.#at = writeInt32(this.packet, this.#at, value);
  }

  /** A safe integer, in 64 bits. */
  int64(value: number): void {
    this.int32(value);
    this.int32(Math.floor(value / 2 ** 32));
  }

  bigint64(value: bigint, unsigned: boolean): void {
    this.#at = unsigned ? this.packet.writeBigUInt64LE(value, this.#at) : this.packet.writeBigInt64LE(value, this.#at);
  }

  double(value: number): void {
    this.#at = this.packet.writeDoubleLE(value, this.#at);
  }

  text(value: string): void {
    this.#at += this.packet.write(value, this.#at, 'utf8');
  }

  bytes(value: Uint8Array): void {
    this.packet.set(value, this.#at);
    this.#at += value.byteLength;
  }

  /** A length before its bytes. */
  codedLength(length: number): void {
    this.#at = writeCodedLength(this.packet, this.#at, length);
  }
}

/** Writes the lowest 32 bits of a whole number, byte by byte: Node's own looks at the number first. Gives the place behind. */
export function writeInt32(buffer: Buffer, at: number, value: number): number {
  buffer[at] = value;
  buffer[at + 1] = value >> 8;
  buffer[at + 2] = value >> 16;
  buffer[at + 3] = value >> 24;
  return at + 4;
}

/** Writes a length as it stands before its bytes; gives the place behind it. */
export function writeCodedLength(buffer: Buffer, at: number, length: number): number {
  if (length < 0xfb) return buffer.writeUInt8(length, at);
  if (length < 2 ** 16) return buffer.writeUInt16LE(length, buffer.writeUInt8(0xfc, at));
  if (length < 2 ** 24) return buffer.writeUIntLE(length, buffer.writeUInt8(0xfd, at), 3);
  return buffer.writeBigUInt64LE(BigInt(length), buffer.writeUInt8(0xfe, at));
}

/** How many bytes so many bytes take together with their coded length. */
export function codedBytes(length: number): number {
  return length + (length < 0xfb ? 1 : length < 2 ** 16 ? 3 : length < 2 ** 24 ? 4 : 9);
}
