import type { Readable } from 'node:stream';
import type { Database } from '../../database/database.ts';
import type { Logger } from '../../database/logger.ts';
import { createApi, type Api, type ApiOptions } from '../create-api.ts';
import type { Resource } from '../resource/resource.ts';
import type { Route } from '../router/route.ts';
import type { Reply } from '../reply.ts';
import { withoutWordsOfEngines } from '../tell-error.ts';
import { nodeIncoming, type NodeMessage, type NodeOutgoing } from './node-incoming.ts';

/** What we need of a Fastify instance. */
export interface FastifyInstance {
  readonly prefix: string;
  register(plugin: (instance: FastifyInstance) => Promise<void>, options: FastifyPluginOptions): unknown;
  decorate(name: string, value: unknown): unknown;
  addHook(name: 'onClose', hook: () => Promise<void>): unknown;
  removeAllContentTypeParsers(): void;
  addContentTypeParser(
    type: string,
    parser: (request: unknown, payload: Readable, done: (error: Error | null, body?: unknown) => void) => void,
  ): unknown;
  route(options: {
    readonly method: string[];
    readonly url: string;
    readonly handler: (request: FastifyRequest, reply: FastifyReply) => void;
  }): unknown;
}

/** What `app.register(plugin, { prefix: '/v1' })` says. */
export interface FastifyPluginOptions {
  readonly prefix?: string;
}

interface FastifyRequest {
  readonly raw: NodeMessage;
  readonly log: Pick<Logger, 'error'>;
}

interface FastifyReply {
  readonly raw: NodeOutgoing;
  code(status: number): FastifyReply;
  header(name: string, value: string): FastifyReply;
  headers(headers: Readonly<Record<string, string>>): FastifyReply;
  serializer(print: (body: unknown) => unknown): FastifyReply;
  send(body?: unknown): unknown;
}

// Fastify remembers the parser of a type that was named, and looks for the one of all others with each request.
const bodyTypes = ['application/json', 'application/merge-patch+json', 'application/json-patch+json', '*'];
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * Mounts resources, routes, health and documentation into a Fastify application and decorates it with `database`.
 * Given a function, the plugin opens the database and closes it with the application; an open one stays the caller's.
 *
 * @example
 * ```ts
 * app.register(rowhouse(() => connect(schema, fromEnvironment(process.env)), [users, posts], { prefix: '/api' }));
 * ```
 */
export function rowhouse(
  database: Database | (() => Promise<Database>),
  parts: readonly (Resource | Route)[] = [],
  options: ApiOptions = {},
): (instance: FastifyInstance, registered: FastifyPluginOptions) => Promise<void> {
  const plugin = async (instance: FastifyInstance, { prefix = '' }: FastifyPluginOptions): Promise<void> => {
    const opened = typeof database === 'function' ? await database() : database;
    if (typeof database === 'function') instance.addHook('onClose', async () => await opened.close());
    instance.decorate('database', opened);
    // The routes read their bodies themselves; inside a plugin of their own, the application's parsers stay as they are.
    await instance.register(async (inner) => await mount(inner, opened, parts, options), { prefix });
  };
  // Fastify then lets the application see the decoration.
  return Object.assign(plugin, { [Symbol.for('skip-override')]: true });
}

function mount(
  instance: FastifyInstance,
  database: Database,
  parts: readonly (Resource | Route)[],
  options: ApiOptions,
): Promise<void> {
  const api = createApi(database, parts, { ...options, prefix: instance.prefix + (options.prefix ?? '') });
  instance.removeAllContentTypeParsers();
  for (const type of bodyTypes) instance.addContentTypeParser(type, (_request, payload, done) => done(null, payload));
  for (const path of api.paths) {
    const url = path.slice(instance.prefix.length).replaceAll(/\{([^}]+)\}/g, ':$1');
    instance.route({ method: methods, url, handler: (request, reply) => answer(api, request, reply) });
  }
  return Promise.resolve();
}

/** Sends by itself: a promise that is handed back makes Fastify wait for it, and then for the end of the response. */
function answer(api: Api, { raw, log }: FastifyRequest, reply: FastifyReply): void {
  const incoming = nodeIncoming(raw, reply.raw);
  if (incoming === undefined) {
    reply.code(400).send();
    return;
  }
  api
    .answer(incoming, (error, about) => log.error({ ...about, err: withoutWordsOfEngines(error) }, 'request failed'))
    .then((given) => (given instanceof Response ? sendResponse(reply, given) : sendReply(reply, given)))
    .catch((error: unknown) => reply.send(error));
}

function sendReply(reply: FastifyReply, { status, headers, body }: Reply): void {
  reply.code(status).headers(headers).serializer(asItIs).send(body);
}

/** With a serializer of ours Fastify adds no charset to the type of a text: JSON has none. */
function asItIs(body: unknown): unknown {
  return body;
}

async function sendResponse(reply: FastifyReply, answer: Response): Promise<void> {
  const body = answer.body === null ? undefined : Buffer.from(await answer.arrayBuffer());
  reply.code(answer.status);
  for (const [name, value] of answer.headers) reply.header(name, value); // a second cookie joins the first
  reply.send(body);
}
