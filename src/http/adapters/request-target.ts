/** What a request asks for. */
export interface RequestTarget {
  /** As the web has it, without a fragment. */
  readonly url: string;
  /** Its `pathname` and `search`. */
  readonly path: string;
  readonly search: string;
}

/** Paths and queries that stay as they are when they become part of a URL: no dot segments, nothing to escape. */
const plain = /^(?:\/(?:[\w~:@!$&'()*+,;=-][\w.~:@!$&'()*+,;=-]*)?)+(?:\?[\w.~:@!$&()*+,;=/?%-]*)?$/;

/** Hosts that were part of a URL before. Clients name the same few again and again. */
const knownHosts = new Set<string>();
const mostHosts = 1_000;

/** Reads the target of a request line as a URL would be read; undefined when it, or the host, is none. */
export function readTarget(target: string, host: string): RequestTarget | undefined {
  if (!plain.test(target) || !knownHosts.has(host)) return parseTarget(target, host);
  const mark = target.indexOf('?');
  const [path, search] = mark === -1 ? [target, ''] : [target.slice(0, mark), target.slice(mark)];
  return { url: `http://${host}${target}`, path, search: search === '?' ? '' : search };
}

function parseTarget(target: string, host: string): RequestTarget | undefined {
  const isPath = target.startsWith('/');
  const url = URL.parse(isPath ? `http://${host}${target}` : target);
  if (url === null) return undefined;
  if (isPath) rememberHost(host);
  url.hash = '';
  return { url: url.href, path: url.pathname, search: url.search };
}

function rememberHost(host: string): void {
  if (knownHosts.size >= mostHosts) knownHosts.clear();
  knownHosts.add(host);
}
