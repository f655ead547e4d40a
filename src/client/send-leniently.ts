import { ProblemError, type ProblemBody } from './problem-error.ts';
import type { ClientSettled } from './resource-client.ts';
import { send, type Sending, type SendOptions } from './send.ts';

/** What a 207 says of one row. */
interface Outcome<Value> {
  readonly status: number;
  readonly key?: object;
  readonly row?: Value;
  readonly problem?: ProblemBody;
}

/** Sends a request about many rows of which each is to be taken by itself, and gives what became of each. */
export async function sendLeniently<Value>(
  options: SendOptions,
  sending: Sending,
): Promise<readonly ClientSettled<object, Value>[]> {
  const prefer = ['handling=lenient', sending.headers?.['prefer']].filter((wish) => wish !== undefined).join(', ');
  const response = await send(options, { ...sending, headers: { ...sending.headers, prefer } });
  const { items } = (await response.json()) as { readonly items: readonly Outcome<Value>[] };
  const requestId = response.headers.get('x-request-id') ?? undefined;
  return items.map((outcome) => settled(outcome, requestId));
}

function settled<Value>(
  { status, key, row, problem }: Outcome<Value>,
  requestId: string | undefined,
): ClientSettled<object, Value> {
  const which = key === undefined ? {} : { key };
  return problem === undefined
    ? { status: 'fulfilled', value: row as Value, ...which }
    : { status: 'rejected', reason: new ProblemError(status, problem, requestId), ...which };
}
