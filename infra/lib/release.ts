// A new version serves one call in ten for five minutes. If it fails meanwhile, the old one is back
// without anybody: CodeDeploy watches the alarms.
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { kApiNames } from './functions';
import type { FunctionName } from './functions';
import { acknowledge } from './nag';
import { nameOf } from './settings';
import type { Settings } from './settings';

const kPeriod = Duration.minutes(1);

/** The application of which each function is a deployment group. */
export function addReleases(scope: Construct, settings: Settings) {
  return new codedeploy.LambdaApplication(scope, 'Releases', {
    applicationName: nameOf(settings, 'imagify'),
  });
}

export interface ReleaseProps {
  name: FunctionName;
  settings: Settings;
  own: lambda.Function;
  application: codedeploy.LambdaApplication;
  /** More reasons to go back. */
  alarms?: cloudwatch.IAlarm[];
}

/** The alias `live` of a function: what everybody calls. */
export function addRelease(scope: Construct, props: ReleaseProps) {
  const { name, settings, own, application, alarms = [] } = props;
  const id = name.charAt(0).toUpperCase() + name.slice(1);
  const alias = own.addAlias('live');
  const crashed = alarm(scope, `${id}ReleaseErrors`, {
    alarmName: nameOf(settings, `imagify-${name}-release-errors`),
    what: 'calls that ended without an answer',
    metric: alias.metricErrors({ period: kPeriod }),
  });
  const watched = [crashed, ...alarms];
  // An answer of 5xx is no error to Lambda.
  if (kApiNames.some((one) => one === name))
    watched.push(
      alarm(scope, `${id}ReleaseFaults`, {
        alarmName: nameOf(settings, `imagify-${name}-release-faults`),
        what: 'answers 5xx',
        metric: new cloudwatch.Metric({
          namespace: 'Imagify',
          metricName: 'imagify_http_errors_total',
          dimensionsMap: { function: own.functionName },
          statistic: 'Sum',
          period: kPeriod,
        }),
      }),
    );
  const group = new codedeploy.LambdaDeploymentGroup(scope, `${id}Release`, {
    application,
    deploymentGroupName: name,
    alias,
    deploymentConfig: codedeploy.LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
    alarms: watched,
    autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: true },
  });
  acknowledge(group, {
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited]':
      "AWS's own policy for shifting the traffic of a function: aliases, alarms, nothing else.",
  });
  return { alias, alarms: watched };
}

interface AlarmProps {
  alarmName: string;
  what: string;
  metric: cloudwatch.IMetric;
}

/** Three in a minute: one may be a customer's doing. */
function alarm(scope: Construct, id: string, { alarmName, what, metric }: AlarmProps) {
  return new cloudwatch.Alarm(scope, id, {
    alarmName,
    alarmDescription: `${what}: docs/runbook.md#release-rolled-back`,
    metric,
    threshold: 3,
    evaluationPeriods: 1,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  });
}
