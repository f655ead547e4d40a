import { stderrLogger } from '../database/echo.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';

/** The request behind an error that is not the client’s. */
export interface FailedRequest {
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
}

/** Hears of an error that is not the client's. */
export type TellError = (error: unknown, about: FailedRequest) => void;

/** Tells it where nobody else does: one line of JSON on standard error. */
export const tellOnStderr: TellError = (error, about) => {
  const code = error instanceof RowhouseError ? { code: error.code } : {};
  stderrLogger.error({ ...about, ...code, stack: stackOf(withoutWordsOfEngines(error)) }, 'request failed');
};

/** Of an error that is its own cause, a log takes so many. */
const mostCauses = 10;

/** The error as a log may have it: what an engine said is left out, for it may quote the values of a row. */
export function withoutWordsOfEngines(error: unknown, causes: number = mostCauses): unknown {
  if (!(error instanceof Error) || error.cause === undefined) return error;
  const isOfEngine = error instanceof RowhouseError && !(error.cause instanceof RowhouseError);
  const cause = isOfEngine || causes === 0 ? undefined : withoutWordsOfEngines(error.cause, causes - 1);
  return Object.create(error, { cause: { value: cause } }) as Error;
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? String(error);
  return error.cause === undefined ? own : `${own}\ncaused by: ${stackOf(error.cause)}`;
}
