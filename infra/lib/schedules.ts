// When the scheduler works, and at what: the tasks of src/app/lambda_backend.cpp.
import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { nameOf } from './settings';
import type { Settings } from './settings';

/**
 * Counting reads whole lists, so it is done seldom; what customers wait for every minute. Everything
 * once a day, with whatever only some days need (secrets that changed).
 */
const kSchedules: Array<{ task?: string; every: events.Schedule; what: string }> = [
  { task: 'reap', every: minutes(1), what: 'gives back credits of pictures that never came' },
  { task: 'reconcile', every: minutes(1), what: 'asks VNPAY about payments without a notice' },
  { task: 'mail', every: minutes(1), what: 'sends letters that wait' },
  { task: 'forget', every: minutes(60), what: 'forgets what has expired' },
  { task: 'figures', every: minutes(60), what: 'tells CloudWatch how the business does' },
  { every: events.Schedule.cron({ minute: '30', hour: '18' }), what: 'does all of it' },
];

function minutes(count: number) {
  return events.Schedule.rate(Duration.minutes(count));
}

export const kTasks = kSchedules.flatMap(({ task }) => (task ? [task] : []));

export interface ScheduleProps {
  settings: Settings;
  scheduler: lambda.IAlias;
  /** Whether they run. */
  enabled: boolean;
}

export function addSchedules(scope: Construct, { settings, scheduler, enabled }: ScheduleProps) {
  // A tick that failed is not repeated: the next one comes anyway.
  scheduler.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(1) });
  for (const { task, every, what } of kSchedules) {
    const name = task ?? 'daily';
    new events.Rule(scope, `${name.charAt(0).toUpperCase()}${name.slice(1)}Rule`, {
      ruleName: nameOf(settings, `imagify-${name}`),
      description: `Imagify ${what}`,
      schedule: every,
      enabled,
      targets: [
        new targets.LambdaFunction(scheduler, {
          event: task ? events.RuleTargetInput.fromObject({ imagify: task }) : undefined,
        }),
      ],
    });
  }
}
