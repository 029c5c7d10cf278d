import type { components } from './schema';

export type ProblemBody = components['schemas']['Problem'];
/** The API's codes, and the one for a request that got no answer at all. */
export type ProblemCode = components['schemas']['ErrorCode'] | 'network.unreachable';

/** A request that failed. `code` says why; the screens choose the words. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly requestId: string | undefined;
  readonly fields: Record<string, string>;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ProblemCode,
    status: number,
    body?: Partial<ProblemBody>,
    retryAfterSeconds?: number,
  ) {
    super(code);
    this.name = 'Problem';
    this.code = code;
    this.status = status;
    this.requestId = body?.requestId;
    this.fields = body?.errors ?? {};
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** The same request may succeed later without anybody changing it. */
  get passing(): boolean {
    return this.status === 0 || this.status >= 500 || this.status === 429;
  }
}

/** Any thrown thing as a Problem. */
export function problemOf(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem('network.unreachable', 0);
}

/** The Problem an answer carries. */
export function problemFrom(response: Response, body: unknown): Problem {
  const known = typeof body === 'object' && body !== null ? (body as Partial<ProblemBody>) : {};
  const fallback: ProblemCode = response.status === 404 ? 'route.not_found' : 'server.internal';
  const seconds = Number(response.headers.get('Retry-After'));
  return new Problem(
    known.code ?? fallback,
    response.status,
    known,
    seconds > 0 ? seconds : undefined,
  );
}
