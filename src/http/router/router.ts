import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { Method, Route } from './route.ts';

export interface Match {
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>>;
}

/** A method that a path does not take although a client may look for it, and the reason to tell. */
export interface LeftOut {
  readonly method: Method;
  readonly path: string;
  readonly reason: string;
}

export interface Router {
  /** The route for a request; `ROUTE_NOT_FOUND` or `METHOD_NOT_ALLOWED` without one. HEAD is served by GET. */
  match(method: string, pathname: string): Match;
  /** The methods of a path, for `Allow`; undefined when there is no such path. */
  allowed(pathname: string): readonly string[] | undefined;
}

/** Finds routes segment by segment; a fixed segment wins over a parameter. Two routes of one method and path are an error. */
export function createRouter(routes: readonly Route[], leftOut: readonly LeftOut[] = []): Router {
  const root = newNode();
  for (const route of routes) addRoute(root, route);
  for (const { method, path, reason } of leftOut) nodeAt(root, path).reasons.set(method, reason);
  return {
    match(method, pathname) {
      const found = find(root, pathname.split('/'), 1, []);
      if (found === undefined) throw new RowhouseError('ROUTE_NOT_FOUND', 'there is nothing at this address');
      const reached = found.node.routes.get(method === 'HEAD' ? 'GET' : method);
      if (reached === undefined) throw methodNotAllowed(methodsOf(found.node), found.node.reasons.get(method));
      return { route: reached.route, parameters: nameParameters(reached.names, found.values) };
    },
    allowed(pathname) {
      const found = find(root, pathname.split('/'), 1, []);
      return found === undefined ? undefined : methodsOf(found.node);
    },
  };
}

interface Node {
  readonly fixed: Map<string, Node>;
  readonly routes: Map<string, NamedRoute>;
  /** Why methods are not among the routes. */
  readonly reasons: Map<string, string>;
  parameter?: Node;
}

/** A route and the names of its path's parameters. */
interface NamedRoute {
  readonly route: Route;
  readonly names: readonly string[];
}

interface Found {
  readonly node: Node;
  readonly values: readonly string[];
}

function newNode(): Node {
  return { fixed: new Map(), routes: new Map(), reasons: new Map() };
}

function addRoute(root: Node, route: Route): void {
  const node = nodeAt(root, route.path);
  if (node.routes.has(route.method))
    throw new RowhouseError('CONFIG_CONFLICT', `two routes are ${route.method} ${route.path}`, {
      hint: 'give one of the resources another prefix',
    });
  const names = [...route.path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name ?? '');
  node.routes.set(route.method, { route, names });
}

function nodeAt(root: Node, path: string): Node {
  let node = root;
  for (const segment of path.split('/').slice(1)) {
    if (segment.startsWith('{')) {
      node = node.parameter ??= newNode();
      continue;
    }
    const next = node.fixed.get(segment) ?? newNode();
    node.fixed.set(segment, next);
    node = next;
  }
  return node;
}

function find(node: Node, segments: readonly string[], at: number, values: readonly string[]): Found | undefined {
  const segment = segments[at];
  if (segment === undefined) return node.routes.size === 0 ? undefined : { node, values };
  const fixed = node.fixed.get(segment);
  const found = fixed === undefined ? undefined : find(fixed, segments, at + 1, values);
  if (found !== undefined || node.parameter === undefined || segment === '') return found;
  const value = decode(segment);
  return value === undefined ? undefined : find(node.parameter, segments, at + 1, [...values, value]);
}

function decode(segment: string): string | undefined {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

function nameParameters(names: readonly string[], values: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name, position) => [name, values[position] ?? '']));
}

function methodsOf(node: Node): readonly string[] {
  return [...node.routes.keys()].flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
}

function methodNotAllowed(methods: readonly string[], reason: string | undefined): RowhouseError {
  const allow = [...methods, 'OPTIONS'].join(', ');
  const why = reason === undefined ? '' : `: ${reason}`;
  return new RowhouseError('METHOD_NOT_ALLOWED', `this address takes ${allow}${why}`, { details: { allow } });
}
