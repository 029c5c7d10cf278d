// The REST API in front of the functions: routes of api/openapi.yaml, limits, access log.
import { RemovalPolicy } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { kLogRetention } from './functions';
import { acknowledge } from './nag';
import { routesOf } from './openapi';
import type { ApiName, Body, Route } from './openapi';
import { addProblems } from './problems';
import { nameOf } from './settings';
import type { Phase, Settings } from './settings';

type Throttle = Required<
  Pick<apigateway.MethodDeploymentOptions, 'throttlingRateLimit' | 'throttlingBurstLimit'>
>;

/** A method with settings of its own inherits none. */
const kObserved = {
  metricsEnabled: true,
  loggingLevel: apigateway.MethodLoggingLevel.ERROR,
  dataTraceEnabled: false,
};

const throttle = (throttlingRateLimit: number): Throttle => ({
  throttlingRateLimit,
  throttlingBurstLimit: 2 * throttlingRateLimit,
});

/**
 * Requests a second, of all customers together. They keep a fault from becoming a bill; one person
 * is limited by the program and one address by the WAF. Sizes: ten times the busiest hour of the
 * phase's users (docs/cost.md counts their requests).
 */
const kWhole: Record<Phase, Throttle> = { 1: throttle(50), 2: throttle(200), 3: throttle(1000) };

/** What costs money, processor time or a letter, as a part of the whole. */
const kTighter: Record<string, number> = {
  'POST /auth/register': 0.1,
  'POST /auth/login': 0.2,
  'POST /auth/forgot-password': 0.05,
  'POST /auth/resend-verification': 0.05,
  'POST /user/pay-vnpay': 0.1,
  'GET /user/export': 0.05,
  'POST /image/generate-image': 0.2,
};

/** "~1" is how a stage writes the slashes of a path; CDK does that from "/path/METHOD". */
function methodThrottles(phase: Phase) {
  const whole = kWhole[phase].throttlingRateLimit;
  return Object.fromEntries(
    Object.entries(kTighter).map(([route, part]) => {
      const [method, path] = route.split(' ') as [string, string];
      return [`${path}/${method}`, { ...kObserved, ...throttle(Math.ceil(whole * part)) }];
    }),
  );
}

/** No address, no query, nothing of a body: what helps to find a fault and names nobody. */
const kAccessLog = apigateway.AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    time: '$context.requestTimeEpoch',
    method: '$context.httpMethod',
    route: '$context.resourcePath',
    status: '$context.status',
    ms: '$context.responseLatency',
    functionMs: '$context.integrationLatency',
    functionStatus: '$context.integrationStatus',
    bytes: '$context.responseLength',
    error: '$context.error.responseType',
    trace: '$context.xrayTraceId',
  }),
);

/** The first part of the path at API Gateway's own address; CloudFront adds it. */
export const kApiStage = 'prod';

export interface ApiProps {
  settings: Settings;
  /** Who serves each group. */
  targets: Record<ApiName, lambda.IFunction>;
  /** ARN of the regional web ACL. */
  webAcl?: string;
}

export function addApi(scope: Construct, { settings, targets, webAcl }: ApiProps) {
  const { phase } = settings;
  const accessLog = new logs.LogGroup(scope, 'AccessLog', {
    logGroupName: `/imagify/${nameOf(settings, 'imagify-api')}/access`,
    retention: kLogRetention,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const api = new apigateway.RestApi(scope, 'ImagifyApi', {
    restApiName: nameOf(settings, 'imagify-api'),
    description: 'Imagify: api/openapi.yaml',
    endpointTypes: [apigateway.EndpointType.REGIONAL],
    // An archive is bytes. API Gateway looks at what the caller would rather have: a browser that
    // follows a link says text/html first.
    binaryMediaTypes: ['application/zip', 'application/octet-stream', 'text/html'],
    cloudWatchRole: true,
    cloudWatchRoleRemovalPolicy: RemovalPolicy.RETAIN,
    deployOptions: {
      stageName: kApiStage,
      tracingEnabled: true,
      ...kObserved,
      accessLogDestination: new apigateway.LogGroupLogDestination(accessLog),
      accessLogFormat: kAccessLog,
      ...kWhole[phase],
      methodOptions: methodThrottles(phase),
    },
  });
  explain(api);
  addProblems(api);
  new RouteTable(api, settings, targets).add(routesOf());
  if (webAcl)
    new wafv2.CfnWebACLAssociation(scope, 'ApiFirewall', {
      resourceArn: api.deploymentStage.stageArn,
      webAclArn: webAcl,
    });
  return api;
}

function explain(api: apigateway.RestApi) {
  acknowledge(api, {
    'AwsSolutions-APIG4':
      'The program knows its sessions itself and ends them within a second; an authorizer would ' +
      'believe a token until it expires (docs/decisions/0010).',
    'AwsSolutions-COG4': 'As above: the program checks tokens of the user pool too.',
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]':
      "AWS's own policy for the one role of the account by which API Gateway writes logs.",
  });
}

/** Adds methods with one integration for each function and one model for each kind of body. */
class RouteTable {
  private readonly integrations = new Map<ApiName, apigateway.LambdaIntegration>();
  private readonly models = new Map<string, apigateway.Model>();
  private readonly validator: apigateway.RequestValidator;

  constructor(
    private readonly api: apigateway.RestApi,
    private readonly settings: Settings,
    private readonly targets: Record<ApiName, lambda.IFunction>,
  ) {
    this.validator = api.addRequestValidator('Validator', {
      validateRequestBody: true,
      validateRequestParameters: true,
    });
  }

  add(routes: Route[]) {
    for (const route of routes) {
      const resource = this.api.root.resourceForPath(route.path);
      resource.addMethod(route.method, this.integration(route.group), {
        operationName: route.operationId,
        requestValidator: this.validator,
        requestModels: route.required && { 'application/json': this.model(route.required) },
      });
    }
    // Pages of other sites ask first; the program answers that itself.
    if (this.settings.corsOrigins.length === 0) return;
    const groups = new Map(routes.map(({ path, group }) => [path, group]));
    for (const [path, group] of groups)
      this.api.root.resourceForPath(path).addMethod('OPTIONS', this.integration(group));
  }

  private integration(group: ApiName) {
    const known = this.integrations.get(group);
    if (known) return known;
    // One permission for all of a function's routes: one for each would not fit into its policy.
    const options = { scopePermissionToMethod: false };
    const made = new apigateway.LambdaIntegration(this.targets[group], options);
    this.integrations.set(group, made);
    return made;
  }

  private model({ name, required, types }: Body) {
    const known = this.models.get(name);
    if (known) return known;
    const properties = Object.fromEntries(
      Object.entries(types).map(([member, type]) => [
        member,
        { type: type as apigateway.JsonSchemaType },
      ]),
    );
    const made = this.api.addModel(`${name}Model`, {
      modelName: name,
      contentType: 'application/json',
      schema: {
        schema: apigateway.JsonSchemaVersion.DRAFT4,
        type: apigateway.JsonSchemaType.OBJECT,
        required: required.length ? required : undefined,
        properties,
      },
    });
    this.models.set(name, made);
    return made;
  }
}
