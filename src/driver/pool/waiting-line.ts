import { RowhouseError } from '../../errors/rowhouse-error.ts';

/** A caller in line. Whoever takes it out of the line must settle it. */
export interface Waiter<T> {
  /** Where it was called from, when the caller wanted that known. */
  readonly origin: Error | undefined;
  readonly since: number;
  serve(thing: T): void;
  refuse(error: unknown): void;
  /** Neither the clock nor the signal takes it out of the line any more. */
  settle(): void;
}

export interface WaitingOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly origin: Error | undefined;
  readonly since: number;
  /** Makes the error of a caller whose time ran out. It is still counted as waiting then. */
  readonly onTimeout: () => Error;
}

/** Callers in line for one thing each, first come first served; each leaves when served, refused, aborted or out of time. */
export class WaitingLine<T> {
  readonly #waiters = new Set<Waiter<T>>();

  get length(): number {
    return this.#waiters.size;
  }

  /** Stands in line. The caller is in it when this returns its promise. */
  join(options: WaitingOptions): Promise<T> {
    const { timeoutMs, signal, origin, since, onTimeout } = options;
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const leave = (makeError: () => Error): void => {
      reject(makeError());
      waiter.settle();
      this.#waiters.delete(waiter);
    };
    const onAbort = (): void => leave(() => cancelledWaiting(signal?.reason));
    const timer = setTimeout(() => leave(onTimeout), timeoutMs);
    signal?.addEventListener('abort', onAbort);
    const settle = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
    const waiter: Waiter<T> = { origin, since, serve: resolve, refuse: reject, settle };
    this.#waiters.add(waiter);
    return promise;
  }

  /** Takes the first caller out of the line. */
  next(): Waiter<T> | undefined {
    const [first] = this.#waiters;
    if (first === undefined) return undefined;
    this.#waiters.delete(first);
    first.settle();
    return first;
  }
}

/** The error of a caller that was told to stop before it had a connection. */
export function cancelledWaiting(reason: unknown): RowhouseError {
  const code = reason instanceof DOMException && reason.name === 'TimeoutError' ? 'TRANSACTION_TIMEOUT' : 'CANCELLED';
  return new RowhouseError(code, 'stopped while waiting for a connection', { cause: reason });
}
