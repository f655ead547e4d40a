import { codedBytes, writeCodedLength, writeInt32 } from './packet-writer.ts';

/** Rows of most tables, a thousand at a time, fit without growing. */
const firstBytes = 256 * 1024;
/** The longest thing that is written without its size being counted first. */
const fixedBytes = 16;
/** A text of so many characters takes at most three bytes for each of them, and its length two bytes. */
const countlessText = 21_845;
/** A text of so many characters is written quicker letter by letter than by a call. */
const shortText = 40;

/** A packet of the protocol whose length is not known before it is written. */
export class GrowingPacket {
  #buffer = Buffer.allocUnsafe(firstBytes);
  #at = 4;

  /** The packet with its header. */
  finish(): Buffer {
    const bytes = this.#at - 4;
    // A longer one is cut into several, with headers of their own, by the library.
    this.#buffer.writeUInt32LE(bytes & 0xff_ff_ff, 0);
    return this.#buffer.subarray(0, this.#at);
  }

  byte(value: number): void {
    this.#reserve(fixedBytes);
    this.#buffer[this.#at++] = value;
  }

  int16(value: number): void {
    this.byte(value);
    this.byte(value >> 8);
  }

  int32(value: number): void {
    this.#reserve(fixedBytes);
    this.#at = writeInt32(this.#buffer, this.#at, value);
  }

  /** A safe integer, in 64 bits. */
  int64(value: number): void {
    this.int32(value);
    this.int32(Math.floor(value / 2 ** 32));
  }

  double(value: number): void {
    this.#reserve(fixedBytes);
    this.#at = this.#buffer.writeDoubleLE(value, this.#at);
  }

  /** A text behind its length. */
  codedText(value: string): void {
    if (value.length <= countlessText) {
      this.#uncountedText(value);
      return;
    }
    const bytes = Buffer.byteLength(value);
    this.#reserve(codedBytes(bytes));
    this.#at = writeCodedLength(this.#buffer, this.#at, bytes);
    this.#at += this.#buffer.write(value, this.#at, 'utf8');
  }

  /** Bytes behind their length. */
  codedBytes(value: Uint8Array): void {
    this.#reserve(codedBytes(value.byteLength));
    this.#at = writeCodedLength(this.#buffer, this.#at, value.byteLength);
    this.#buffer.set(value, this.#at);
    this.#at += value.byteLength;
  }

  /** Not counted first: a letter is mostly one byte, and else the text is moved. */
  #uncountedText(value: string): void {
    this.#reserve(fixedBytes + 3 * value.length);
    const buffer = this.#buffer;
    const head = codedBytes(value.length) - value.length;
    const start = this.#at + head;
    const bytes = writeText(buffer, start, value);
    const moved = codedBytes(bytes) - bytes - head;
    if (moved > 0) buffer.copyWithin(start + moved, start, start + bytes);
    writeCodedLength(buffer, this.#at, bytes);
    this.#at = start + moved + bytes;
  }

  #reserve(bytes: number): void {
    if (this.#at + bytes <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(2 * this.#buffer.length, this.#at + bytes));
    this.#buffer.copy(larger, 0, 0, this.#at);
    this.#buffer = larger;
  }
}

/** Writes a text, a short one letter by letter while that is one byte each; gives its bytes. */
function writeText(buffer: Buffer, at: number, text: string): number {
  if (text.length > shortText) return buffer.write(text, at, 'utf8');
  for (let place = 0; place < text.length; place++) {
    const unit = text.charCodeAt(place);
    if (unit > 0x7f) return buffer.write(text, at, 'utf8');
    buffer[at + place] = unit;
  }
  return text.length;
}
