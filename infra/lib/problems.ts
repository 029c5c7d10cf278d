// What API Gateway answers itself, in the words of the API: src/transport/http/problem.cpp.
import * as apigateway from 'aws-cdk-lib/aws-apigateway';

interface Problem {
  status: number;
  code: string;
  title: string;
  retryAfter?: number;
}

const { ResponseType } = apigateway;
const kMalformed: Problem = { status: 400, code: 'request.malformed', title: 'Malformed request' };
const kNotFound: Problem = { status: 404, code: 'route.not_found', title: 'Not found' };
const kLimited: Problem = {
  status: 429,
  code: 'rate.limited',
  title: 'Too many requests',
  retryAfter: 1,
};
const kInvalid: Problem = {
  status: 422,
  code: 'validation.failed',
  title: 'Validation failed',
};

/** The last two are for whatever is not named: they keep API Gateway's status. */
const kProblems: Array<[string, apigateway.ResponseType, Problem]> = [
  ['Body', ResponseType.BAD_REQUEST_BODY, kInvalid],
  ['Parameters', ResponseType.BAD_REQUEST_PARAMETERS, kInvalid],
  // The name that API Gateway has for a path or method that it does not know.
  ['Unknown', ResponseType.MISSING_AUTHENTICATION_TOKEN, kNotFound],
  ['NotFound', ResponseType.RESOURCE_NOT_FOUND, kNotFound],
  ['Throttled', ResponseType.THROTTLED, kLimited],
  ['Quota', ResponseType.QUOTA_EXCEEDED, kLimited],
  [
    'TooLarge',
    ResponseType.REQUEST_TOO_LARGE,
    { status: 413, code: 'request.too_large', title: 'Too large' },
  ],
  [
    'MediaType',
    ResponseType.UNSUPPORTED_MEDIA_TYPE,
    { status: 415, code: 'request.unsupported_media_type', title: 'Unsupported media type' },
  ],
  [
    'Firewall',
    ResponseType.WAF_FILTERED,
    { status: 403, code: 'request.malformed', title: 'Refused' },
  ],
  // The function may have done it all the same.
  [
    'Timeout',
    ResponseType.INTEGRATION_TIMEOUT,
    { status: 504, code: 'server.outcome_unknown', title: 'No answer in time' },
  ],
  [
    'Failure',
    ResponseType.INTEGRATION_FAILURE,
    { status: 503, code: 'server.unavailable', title: 'Unavailable', retryAfter: 2 },
  ],
  ['Default4xx', ResponseType.DEFAULT_4XX, kMalformed],
  [
    'Default5xx',
    ResponseType.DEFAULT_5XX,
    { status: 500, code: 'server.internal', title: 'Internal error' },
  ],
];

export function addProblems(api: apigateway.RestApi) {
  for (const [id, type, problem] of kProblems) {
    const keepsStatus = id.startsWith('Default');
    api.addGatewayResponse(`${id}Problem`, {
      type,
      statusCode: keepsStatus ? undefined : String(problem.status),
      responseHeaders: {
        'Cache-Control': "'no-store'",
        ...(problem.retryAfter && { 'Retry-After': `'${problem.retryAfter}'` }),
      },
      templates: {
        'application/json': JSON.stringify({
          type: 'about:blank',
          title: problem.title,
          status: problem.status,
          code: problem.code,
          detail: problem.title,
          requestId: '$context.requestId',
        }),
      },
    });
  }
}
