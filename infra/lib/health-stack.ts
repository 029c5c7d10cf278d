// Phase 3, with a domain: asks from three continents whether the site works, and tells a person.
// Nothing is switched by itself: docs/failover.md says why.
import type { App } from 'aws-cdk-lib';
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { kGlobalRegion } from './edge-security-stack';
import { acknowledge } from './nag';
import type { Settings } from './settings';
import { ImagifyStack } from './stack';

export class HealthStack extends ImagifyStack {
  readonly alarm: cloudwatch.Alarm;

  /** Figures of Route 53 exist in us-east-1 only. */
  constructor(app: App, settings: Settings) {
    super(app, 'ImagifyHealthStack', settings, { region: kGlobalRegion });
    const check = new route53.CfnHealthCheck(this, 'Site', {
      healthCheckConfig: {
        type: 'HTTPS',
        fullyQualifiedDomainName: settings.domain,
        // Asks the tables too, by way of CloudFront, firewall and API.
        resourcePath: '/readyz',
        port: 443,
        enableSni: true,
        requestInterval: 30,
        failureThreshold: 3,
        regions: ['ap-southeast-1', 'us-west-2', 'eu-west-1'],
      },
      healthCheckTags: [{ key: 'Name', value: this.named('imagify-site') }],
    });
    const topic = new sns.Topic(this, 'Alarms', {
      topicName: this.named('imagify-health'),
      enforceSSL: true,
    });
    acknowledge(topic, { 'AwsSolutions-SNS3': 'The policy asks for TLS.' });
    if (settings.alarmEmail) topic.addSubscription(new EmailSubscription(settings.alarmEmail));
    this.alarm = new cloudwatch.Alarm(this, 'SiteDown', {
      alarmName: this.named('imagify-site-down'),
      alarmDescription: 'The site does not answer: docs/failover.md#when',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Route53',
        metricName: 'HealthCheckStatus',
        dimensionsMap: { HealthCheckId: check.ref },
        statistic: 'Minimum',
        period: Duration.minutes(1),
      }),
      threshold: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 3,
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
    });
    this.alarm.addAlarmAction(new SnsAction(topic));
    this.alarm.addOkAction(new SnsAction(topic));
  }
}
