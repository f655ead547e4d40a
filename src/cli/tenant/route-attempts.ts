import type { Session } from '../../database/session.ts';
import { codes, type ErrorCode } from '../../errors/codes.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { createApi } from '../../http/create-api.ts';
import { resourceRoutes } from '../../http/resource/resource-routes.ts';
import type { Resource } from '../../http/resource/resource.ts';
import { wireType } from '../../http/wire/wire-type.ts';
import type { DefinedColumn } from '../../schema/table/table.ts';
import type { Attempt, AttemptContext, Row } from '../../tenancy/probe/attempt.ts';

/** Each route of an API aimed at the row of another tenant. */
export function routeAttempts(resources: readonly Resource[]): readonly Attempt[] {
  return resources
    .filter(({ table }) => table.roles.tenant !== undefined)
    .flatMap((resource) =>
      resourceRoutes(resource).map(({ method, path }): Attempt => ({
        name: `${method} ${path}`,
        ...(method === 'POST' ? { control: false } : {}),
        isFor: ({ definition }) => definition === resource.table,
        run: async (context) => await request(context, resource, method, path),
      })),
    );
}

async function request(context: AttemptContext, resource: Resource, method: string, path: string): Promise<number> {
  const session = inOneMode(context.session);
  const api = createApi(session, [resource], {
    docs: false,
    health: false,
    scope: () => session,
    // What an attempt fails with is in the matrix.
    onError: () => undefined,
  });
  const isItem = path.includes('{');
  const address = path.replaceAll(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(String(wire(context, key))));
  const filters = resource.primaryKey.map(({ key }) => `${key}=eq.${encodeURIComponent(String(wire(context, key)))}`);
  const query = isItem || method === 'POST' ? '' : `?${filters.join('&')}`;
  const body = bodyOf(context, method);
  const response = await api.handle(
    new Request(`http://probe${address}${query}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      headers: {
        ...(body === undefined
          ? {}
          : { 'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json' }),
        ...(isItem && needsMatch(method, resource) ? { 'if-match': '*' } : {}),
      },
    }),
  );
  const answer: unknown = response.status === 204 ? undefined : await response.json();
  if (!response.ok) throw refused(response.status, answer);
  return countVictims(answer, context);
}

/** A PUT that says nothing of the row before may add one: that is tried where it can be. */
function needsMatch(method: string, { requiresMatch }: Resource): boolean {
  return method === 'PATCH' || method === 'DELETE' || (method === 'PUT' && requiresMatch);
}

function bodyOf(context: AttemptContext, method: string): Row | undefined {
  if (method === 'PATCH') return json(context, context.patch);
  if (method === 'PUT' || method === 'POST') return json(context, { ...context.fresh('own'), ...context.where });
  return undefined;
}

/** A row as a client may send it: what the database keeps by itself is not taken. */
function json({ plan }: AttemptContext, row: Row): Row {
  const kept = new Set(Object.values(plan.definition.roles).map(({ key }: DefinedColumn) => key));
  const entries = Object.entries(row).flatMap(([key, value]) => {
    const field = plan.fieldOf.get(key);
    return field === undefined || kept.has(key)
      ? []
      : [[key, value === null ? null : wireType(field.type).toWire(value)] as const];
  });
  return Object.fromEntries(entries);
}

function wire({ plan, victim }: AttemptContext, key: string): unknown {
  const field = plan.fieldOf.get(key);
  return field === undefined ? victim[key] : wireType(field.type).toWire(victim[key]);
}

/** How often the victim is anywhere in an answer. */
function countVictims(answer: unknown, context: AttemptContext): number {
  if (Array.isArray(answer)) return answer.reduce<number>((sum, one) => sum + countVictims(one, context), 0);
  if (typeof answer !== 'object' || answer === null) return 0;
  const row = answer as Row;
  const isVictim = Object.keys(context.where).every((key) => row[key] === wire(context, key));
  const inside = Object.values(row).reduce<number>((sum, one) => sum + countVictims(one, context), 0);
  return inside + Number(isVictim);
}

/** A route may ask for a transaction of a kind that cannot be nested in the one that is rolled back. */
function inOneMode(session: Session): Session {
  return new Proxy(session, {
    get(target, name) {
      if (name === 'transaction') {
        return async (work: (transaction: Session) => Promise<unknown>) => await target.transaction(work);
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** What a problem says, as the error that it was made of. */
function refused(status: number, answer: unknown): RowhouseError {
  const given = typeof answer === 'object' && answer !== null && 'code' in answer ? String(answer.code) : '';
  const code = isCode(given) ? given : 'INTERNAL';
  return new RowhouseError(code, `the API answered ${status}`, { details: { status } });
}

function isCode(text: string): text is ErrorCode {
  return Object.hasOwn(codes, text);
}
