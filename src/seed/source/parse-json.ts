import { seedInvalid, type Position } from '../seed-error.ts';

/** A JSON value that knows where it stands; a number keeps its digits. */
export type JsonNode = { readonly position: Position } & (
  | { readonly kind: 'object'; readonly members: readonly JsonMember[] }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
);

export interface JsonMember {
  readonly name: string;
  readonly position: Position;
  readonly value: JsonNode;
}

/** The document in `text`; `SEED_INVALID` with line and column where it is not JSON. */
export function parseJson(text: string, file: string): JsonNode {
  return new JsonReader(text, file).readDocument();
}

/** Deeper than any seed, and far from where recursion ends. */
const depthLimit = 200;

class JsonReader {
  private readonly text: string;
  private readonly file: string;
  private at = 0;
  private line = 1;
  private lineStart = 0;
  private depth = 0;

  constructor(text: string, file: string) {
    this.text = text;
    this.file = file;
  }

  readDocument(): JsonNode {
    const node = this.readValue();
    this.skipBlank();
    if (this.at < this.text.length) throw this.wrong('the document ended before this');
    return node;
  }

  private readValue(): JsonNode {
    this.skipBlank();
    const position = this.position();
    const start = this.text[this.at];
    if (start === '{') return this.nested(() => ({ kind: 'object', position, members: this.readMembers() }));
    if (start === '[') return this.nested(() => ({ kind: 'array', position, items: this.readItems() }));
    if (start === '"') return { kind: 'string', position, value: this.readString() };
    const word = this.take(/(?:true|false|null)\b/y);
    if (word === 'null') return { kind: 'null', position };
    if (word !== undefined) return { kind: 'boolean', position, value: word === 'true' };
    const number = this.take(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y);
    if (number !== undefined) return { kind: 'number', position, text: number };
    throw this.wrong(start === undefined ? 'the file ends in the middle' : 'this is not a JSON value');
  }

  private nested(read: () => JsonNode): JsonNode {
    this.depth += 1;
    if (this.depth > depthLimit) throw this.wrong(`more than ${depthLimit} levels deep`);
    this.at += 1;
    const node = read();
    this.depth -= 1;
    return node;
  }

  private readMembers(): readonly JsonMember[] {
    const members: JsonMember[] = [];
    const names = new Set<string>();
    while (!this.ends('}', members.length)) {
      const position = this.position();
      if (this.text[this.at] !== '"') throw this.wrong('a name in double quotes belongs here');
      const name = this.readString();
      if (names.has(name)) throw this.wrong(`${JSON.stringify(name)} is there twice`, position);
      names.add(name);
      this.skipBlank();
      if (this.text[this.at] !== ':') throw this.wrong('a colon belongs here');
      this.at += 1;
      members.push({ name, position, value: this.readValue() });
    }
    return members;
  }

  private readItems(): readonly JsonNode[] {
    const items: JsonNode[] = [];
    while (!this.ends(']', items.length)) items.push(this.readValue());
    return items;
  }

  /** Passes the comma before a further member, or the closing bracket. */
  private ends(bracket: ']' | '}', count: number): boolean {
    this.skipBlank();
    if (this.text[this.at] === bracket) {
      this.at += 1;
      return true;
    }
    if (this.at >= this.text.length) throw this.wrong('the file ends in the middle');
    if (count === 0) return false;
    if (this.text[this.at] !== ',') throw this.wrong(`a comma or ${bracket} belongs here`);
    this.at += 1;
    this.skipBlank();
    if (this.text[this.at] === bracket) throw this.wrong('nothing follows the comma before this');
    return false;
  }

  private readString(): string {
    const position = this.position();
    // The commonest slip, a line break or a missing end quote, is told where the text begins.
    const quoted = this.take(/"[^"\\\n\r\t]*(?:\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})[^"\\\n\r\t]*)*"/y);
    if (quoted === undefined) throw this.wrong('this text does not end, or holds what must be escaped', position);
    return JSON.parse(quoted) as string;
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const [found] = pattern.exec(this.text) ?? [];
    this.at += found?.length ?? 0;
    return found;
  }

  private skipBlank(): void {
    for (; this.at < this.text.length; this.at += 1) {
      const code = this.text.charCodeAt(this.at);
      if (code === 10) {
        this.line += 1;
        this.lineStart = this.at + 1;
      } else if (code !== 32 && code !== 9 && code !== 13) return;
    }
  }

  private position(): Position {
    return { line: this.line, column: this.at - this.lineStart + 1 };
  }

  private wrong(reason: string, position: Position = this.position()): Error {
    return seedInvalid({ file: this.file, position }, reason);
  }
}
