// The five functions: one program, told by IMAGIFY_ROUTES what it serves.
import { existsSync } from 'node:fs';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { nameOf } from './settings';
import type { Settings } from './settings';

/** As in src/app/route_groups.cpp; the last two serve no HTTP. */
export const kFunctionNames = ['auth', 'image', 'payment', 'worker', 'scheduler'] as const;
export type FunctionName = (typeof kFunctionNames)[number];
export const kApiNames = ['auth', 'image', 'payment'] as const;

interface Size {
  memoryMb: number;
  seconds: number;
  description: string;
}

// API Gateway waits 29 s, whatever a function may. A picture has 60 s and what stores it the rest,
// until the queue hands the message to somebody else. A tick ends before the next one.
// Memory is not what is needed (docs/deploy.md has what was measured) but the share of a processor
// that comes with it: 256 MB are a seventh, 512 MB a third.
const kSizes: Record<FunctionName, Size> = {
  auth: { memoryMb: 256, seconds: 29, description: 'Accounts and sessions' },
  image: { memoryMb: 512, seconds: 29, description: 'Pictures: asking for them, showing them' },
  payment: { memoryMb: 256, seconds: 29, description: 'Plans, orders, VNPAY, operators' },
  worker: { memoryMb: 512, seconds: 80, description: 'Paints what the queue brings' },
  scheduler: { memoryMb: 256, seconds: 55, description: 'Lost payments, overdue holds, letters' },
};

export const timeoutOf = (name: FunctionName) => Duration.seconds(kSizes[name].seconds);

export const kLogRetention = logs.RetentionDays.TWO_MONTHS;

/** Phase 2: where functions run, and the Redis that counts for all of them. */
export interface FunctionNetwork {
  vpc: ec2.IVpc;
  securityGroup: ec2.ISecurityGroup;
}

export interface FunctionProps {
  name: FunctionName;
  settings: Settings;
  environment: Record<string, string>;
  network?: FunctionNetwork;
  /** Phase 3: is never run, until somebody wakes the region (docs/failover.md). */
  standby?: boolean;
}

/** A function with a role that may do nothing but trace; ./grants adds the rest. */
export function addFunction(scope: Construct, props: FunctionProps) {
  const { name, settings, environment, network, standby } = props;
  const size = kSizes[name];
  const id = name.charAt(0).toUpperCase() + name.slice(1);
  const functionName = nameOf(settings, `imagify-${name}-function`);
  if (!existsSync(settings.zip))
    throw new Error(`${settings.zip} is missing: ./run package makes it`);
  const logGroup = new logs.LogGroup(scope, `${id}Log`, {
    logGroupName: `/aws/lambda/${functionName}`,
    retention: kLogRetention,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = new iam.Role(scope, `${id}Role`, {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    description: `What ${functionName} may do`,
  });
  return new lambda.Function(scope, `${id}Function`, {
    functionName,
    description: `Imagify: ${size.description}`,
    runtime: lambda.Runtime.PROVIDED_AL2023,
    architecture:
      settings.architecture === 'arm64' ? lambda.Architecture.ARM_64 : lambda.Architecture.X86_64,
    handler: 'bootstrap',
    code: lambda.Code.fromAsset(settings.zip),
    memorySize: size.memoryMb,
    timeout: timeoutOf(name),
    environment,
    role,
    logGroup,
    tracing: lambda.Tracing.ACTIVE,
    reservedConcurrentExecutions: standby ? 0 : undefined,
    currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
    ...(network && {
      vpc: network.vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
      securityGroups: [network.securityGroup],
    }),
  });
}
