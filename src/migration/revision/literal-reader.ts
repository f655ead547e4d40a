/**
 * Reads a module that exports one literal value and does nothing else: what a revision file is, unless somebody wrote
 * code into it. Such a file needs no compiler and is not run. Gives undefined for any other module.
 */
export function readLiteralModule(text: string): unknown {
  try {
    return new LiteralReader(text).module();
  } catch (error) {
    if (error instanceof NotLiteral) return undefined;
    throw error;
  }
}

/** The text may be a module, but not of the form that is read here. */
class NotLiteral extends Error {}

const space = /(?:[ \t\r\n]|\/\/[^\r\n\u2028\u2029]*|\/\*[^]*?\*\/)*/y;
const typeImport = /import type \{[^{}'"]*\} from (?:'[^'\\\r\n]*'|"[^"\\\r\n]*");/y;
const exportDefault = /export default(?![\w$])/y;
const satisfies = /satisfies\s+[A-Za-z]\w*(?![\w$.<[])/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w$.])/y;
const word = /[A-Za-z_$][\w$]*/y;
const plainText = /'[^'\\\r\n]*'|"[^"\\\r\n]*"/y;
const escapedText =
  /'[^'\\\r\n]*(?:\\(?:[\\'"bfnrt]|u[\dA-Fa-f]{4})[^'\\\r\n]*)*'|"[^"\\\r\n]*(?:\\(?:[\\'"bfnrt]|u[\dA-Fa-f]{4})[^"\\\r\n]*)*"/y;

const constants: ReadonlyMap<string, boolean | null | undefined> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
  ['undefined', undefined],
]);

class LiteralReader {
  private readonly source: string;
  private position = 0;

  constructor(source: string) {
    this.source = source;
  }

  module(): unknown {
    this.skip(space);
    while (this.skip(typeImport)) this.skip(space);
    if (!this.skip(exportDefault)) throw new NotLiteral();
    const value = this.value();
    this.skip(space);
    if (this.skip(satisfies)) this.skip(space);
    this.takeIf(';');
    this.skip(space);
    if (this.position < this.source.length) throw new NotLiteral();
    return value;
  }

  private value(): unknown {
    this.skip(space);
    const first = this.source[this.position];
    if (first === '{') return this.record();
    if (first === '[') return this.list();
    return first === "'" || first === '"' ? this.text() : this.constant();
  }

  private record(): unknown {
    const members: Record<string, unknown> = {};
    this.take('{');
    for (this.skip(space); !this.takeIf('}'); this.skip(space)) {
      const key = this.key();
      this.skip(space);
      this.take(':');
      members[key] = this.value();
      this.separate('}');
    }
    return members;
  }

  private list(): unknown {
    const items: unknown[] = [];
    this.take('[');
    for (this.skip(space); !this.takeIf(']'); this.skip(space)) {
      items.push(this.value());
      this.separate(']');
    }
    return items;
  }

  /** A comma, which the last member may do without. */
  private separate(end: string): void {
    this.skip(space);
    if (this.source[this.position] !== end) this.take(',');
  }

  private key(): string {
    const isQuoted = this.source[this.position] === "'" || this.source[this.position] === '"';
    const key = isQuoted ? this.text() : this.match(word);
    if (key === '__proto__') throw new NotLiteral(); // not a member: it sets what the object inherits
    return key;
  }

  private text(): string {
    const start = this.position;
    if (this.skip(plainText)) return this.source.slice(start + 1, this.position - 1);
    const inside = this.match(escapedText).slice(1, -1);
    return inside.replaceAll(/\\(?:u(.{4})|(.))/g, (_, code: string | undefined, letter: string) =>
      code === undefined ? (escapes.get(letter) ?? letter) : String.fromCharCode(Number.parseInt(code, 16)),
    );
  }

  private constant(): unknown {
    const start = this.position;
    if (this.skip(number)) return Number(this.source.slice(start, this.position));
    const found = this.match(word);
    if (!constants.has(found)) throw new NotLiteral();
    return constants.get(found);
  }

  private take(mark: string): void {
    if (!this.takeIf(mark)) throw new NotLiteral();
  }

  private takeIf(mark: string): boolean {
    const isThere = this.source[this.position] === mark;
    if (isThere) this.position += 1;
    return isThere;
  }

  private match(pattern: RegExp): string {
    const start = this.position;
    if (!this.skip(pattern)) throw new NotLiteral();
    return this.source.slice(start, this.position);
  }

  private skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.position;
    if (!pattern.test(this.source)) return false;
    this.position = pattern.lastIndex;
    return true;
  }
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);
