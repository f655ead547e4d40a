import type { ErrorCode } from '../errors/codes.ts';

/** One thing wrong with a request: where, in the body or in the query, and what. */
export interface ProblemFault {
  readonly pointer?: string;
  readonly parameter?: string;
  readonly detail: string;
}

/**
 * What an API says of a request that it did not serve (RFC 9457). Branch on `code`.
 *
 * @example
 * ```ts
 * try {
 *   await api.users.create({ email });
 * } catch (error) {
 *   if (error instanceof ProblemError && error.code === 'UNIQUE_VIOLATION') return show(error.errors);
 *   throw error;
 * }
 * ```
 */
export class ProblemError extends Error {
  readonly status: number;
  /** Absent when what answered was not the API: a proxy, say. */
  readonly code: ErrorCode | undefined;
  readonly title: string;
  readonly errors: readonly ProblemFault[];
  /** As the log of the server has it. */
  readonly requestId: string | undefined;

  constructor(status: number, problem: Partial<ProblemBody>, requestId: string | undefined) {
    super(problem.detail ?? `the server answered ${status}`);
    this.name = 'ProblemError';
    this.status = status;
    this.code = problem.code;
    this.title = problem.title ?? 'Request failed';
    this.errors = problem.errors ?? [];
    this.requestId = requestId;
  }
}

/** A problem as JSON. */
export interface ProblemBody {
  readonly code: ErrorCode;
  readonly title: string;
  readonly detail: string;
  readonly errors: readonly ProblemFault[];
}

/** The problem in a response. */
export async function readProblem(response: Response): Promise<ProblemError> {
  const requestId = response.headers.get('x-request-id') ?? undefined;
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') === true;
  const body = isProblem ? ((await response.json()) as Partial<ProblemBody>) : {};
  return new ProblemError(response.status, body, requestId);
}
