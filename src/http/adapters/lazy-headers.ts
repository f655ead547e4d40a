import { completeWith } from './web-form.ts';

/** Headers as Node has them: names in lower case. */
export type NodeHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Headers as the web has them, for code that asks for one or two: making `Headers` of them costs a tenth of a request. */
export class LazyHeaders {
  readonly #given: NodeHeaders;
  #whole: Headers | undefined;

  constructor(given: NodeHeaders) {
    this.#given = given;
  }

  get(name: string): string | null {
    const value = this.#known(name);
    return value === undefined ? LazyHeaders.whole(this).get(name) : value;
  }

  has(name: string): boolean {
    const value = this.#known(name);
    return value === undefined ? LazyHeaders.whole(this).has(name) : value !== null;
  }

  /** From now on these are the headers, whatever is done to them. */
  static whole(headers: LazyHeaders): Headers {
    return (headers.#whole ??= new Headers(headerEntries(headers.#given)));
  }

  /** What Node has under the name, null for nothing; undefined where only the whole knows. */
  #known(name: string): string | null | undefined {
    if (this.#whole !== undefined || !plainName.test(name)) return undefined;
    const key = name.toLowerCase();
    if (!Object.hasOwn(this.#given, key)) return null;
    const value = this.#given[key];
    return typeof value === 'string' && !padded.test(value) ? value : undefined;
  }
}

const plainName = /^[\w-]+$/;

/** The web cuts this off; a server has done it already, a request made by a test may have it. */
const padded = /^[\t\n\r ]|[\t\n\r ]$/;

/** Headers one by one, without those by which HTTP/2 says method and path. */
export function headerEntries(given: NodeHeaders): [string, string][] {
  return Object.entries(given).flatMap(([name, value]): [string, string][] => {
    if (value === undefined || name.startsWith(':')) return [];
    return typeof value === 'string' ? [[name, value]] : value.map((one) => [name, one]);
  });
}

completeWith(LazyHeaders, Headers, (headers) => LazyHeaders.whole(headers));
