import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { Output } from './output.ts';

/** Half a second: what ends at once needs no word, and a person who pressed Ctrl-C looks up after that. */
const silenceMs = 500;

/**
 * Fires when the process is asked to end, once: the next signal ends it as if nobody listened. When the work under way
 * takes a while to end, the person is told.
 */
export function stopOnSignal(asked: Pick<NodeJS.Process, 'once'>, output: Output): AbortSignal {
  const stop = new AbortController();
  const onSignal = (name: NodeJS.Signals): void => {
    if (stop.signal.aborted) return;
    stop.abort(new RowhouseError('CANCELLED', `stopped by ${name}`));
    const tell = (): void => output.say('stopping when the work under way is done; once more ends it at once');
    setTimeout(tell, silenceMs).unref();
  };
  asked.once('SIGINT', onSignal);
  asked.once('SIGTERM', onSignal);
  return stop.signal;
}

/** Is `error` what became of work because the signal fired? */
export function isStop(error: unknown, signal: AbortSignal): boolean {
  if (!signal.aborted) return false;
  return error === signal.reason || RowhouseError.has(error, 'CANCELLED') || isAbort(error);
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
