// Who is told of what: alarms, runbook, dashboard, budget.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { kRoot, templatesOf } from './support';

const { templates, assembly } = templatesOf();
const monitoring = templates.monitoring;
const alarmsOf = (template: any) =>
  Object.values<any>(template.findResources('AWS::CloudWatch::Alarm')).map(
    ({ Properties }) => Properties,
  );

/** Sections of the runbook by their anchors. */
function sections() {
  const page = readFileSync(join(kRoot, 'docs/runbook.md'), 'utf8');
  return new Set(
    [...page.matchAll(/^## (.+)$/gm)].map(([, title]) =>
      title!.replace(/[^\w -]/g, '').toLowerCase().replaceAll(' ', '-'),
    ),
  );
}

function withoutRunbook(alarms: any[]) {
  const known = sections();
  return alarms
    .filter(({ AlarmDescription }) => {
      const link = /docs\/runbook\.md#([\w-]+)$/.exec(AlarmDescription ?? '');
      return !link || !known.has(link[1]!);
    })
    .map(({ AlarmName }) => AlarmName);
}

interface Seen {
  namespace: string;
  name: string;
  dimensions: Record<string, string>;
}

/** Every figure that an alarm looks at. */
function figuresOf(alarm: any): Seen[] {
  const single = alarm.MetricName ? [alarm] : [];
  const several = (alarm.Metrics ?? []).flatMap((one: any) => one.MetricStat?.Metric ?? []);
  return [...single, ...several].map(({ Namespace, MetricName, Dimensions }) => ({
    namespace: Namespace,
    name: MetricName,
    dimensions: Object.fromEntries((Dimensions ?? []).map((d: any) => [d.Name, d.Value])),
  }));
}

/** What the program tells in CloudWatch: rows of docs/metrics.md, which tools/tidy holds to it. */
function told() {
  const page = readFileSync(join(kRoot, 'docs/metrics.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `(\w+)` \| \w+ \| \w+ \| (both|CloudWatch) \|/gm)];
  return new Set(rows.map(([, name]) => name!));
}

function countedEvents() {
  const page = readFileSync(join(kRoot, 'docs/metrics.md'), 'utf8');
  return new Set([...page.matchAll(/`(\w+\.\w+)`/g)].map(([, name]) => name!));
}

function untold(figures: Seen[]) {
  const names = told();
  const events = countedEvents();
  return figures.filter(
    ({ namespace, name, dimensions }) =>
      namespace === 'Imagify' &&
      (!names.has(name) || (dimensions.event !== undefined && !events.has(dimensions.event))),
  );
}

test('every alarm says what it means and names a section of the runbook', () => {
  for (const phase of [1, 2, 3])
    for (const stack of Object.values(templatesOf({ phase }).templates)) {
      const own = alarmsOf(stack).filter(
        ({ AlarmDescription }) => !/docs\/failover\.md#/.test(AlarmDescription),
      );
      assert.deepEqual(withoutRunbook(own), []);
    }
  assert.deepEqual(withoutRunbook([{ AlarmName: 'mute', AlarmDescription: 'Something' }]), ['mute']);
  const nowhere = { AlarmName: 'lost', AlarmDescription: 'x: docs/runbook.md#nowhere' };
  assert.deepEqual(withoutRunbook([nowhere]), ['lost']);
});

test('every alarm tells somebody, and again when it is over', () => {
  const alarms = alarmsOf(monitoring);
  assert.ok(alarms.length >= 25, `${alarms.length} alarms`);
  for (const { AlarmName, AlarmActions, OKActions } of alarms) {
    assert.equal(AlarmActions?.length, 1, AlarmName);
    assert.equal(OKActions?.length, 1, AlarmName);
  }
  monitoring.hasResourceProperties('AWS::SNS::Subscription', {
    Protocol: 'email',
    Endpoint: 'operators@pictures.example',
  });
});

test('alarms look at figures that the program tells', () => {
  const figures = alarmsOf(monitoring).flatMap(figuresOf);
  assert.ok(figures.filter(({ namespace }) => namespace === 'Imagify').length > 20);
  assert.deepEqual(untold(figures), []);
  const ghost = { namespace: 'Imagify', name: 'imagify_ghosts', dimensions: {} };
  const gone = { namespace: 'Imagify', name: 'imagify_events_total', dimensions: { event: 'a.gone' } };
  const local = { namespace: 'Imagify', name: 'imagify_hash_queue', dimensions: {} };
  assert.deepEqual(untold([ghost, gone, local]), [ghost, gone, local]);
});

test('the dashboard shows figures that the program tells', () => {
  const [dashboard] = Object.values<any>(monitoring.findResources('AWS::CloudWatch::Dashboard'));
  assert.equal(dashboard.Properties.DashboardName, 'Imagify-Metrics');
  const body = JSON.stringify(dashboard.Properties.DashboardBody);
  const names = new Set([...body.matchAll(/Imagify\W+(imagify_\w+)/g)].map(([, name]) => name!));
  assert.ok(names.size >= 10);
  assert.deepEqual(
    [...names].filter((name) => !told().has(name)),
    [],
  );
  for (const figure of ['Latency', 'Throttles', 'ConcurrentExecutions', 'ConsumedReadCapacityUnits'])
    assert.ok(body.includes(figure), figure);
});

test('what is watched is what the other stacks make', () => {
  const made = JSON.stringify(
    assembly.stacks.filter(({ id }) => !id.includes('Monitoring')).map(({ template }) => template),
  );
  const dimensions = alarmsOf(monitoring)
    .flatMap(figuresOf)
    .flatMap((figure) => Object.entries(figure.dimensions))
    .filter(([name, value]) => !['event', 'Rule', 'Region'].includes(name) && typeof value === 'string');
  assert.ok(dimensions.length > 30);
  for (const [name, value] of dimensions)
    assert.ok(made.includes(JSON.stringify(value)), `${name} ${value}`);
});

test("the report's goals are alarms", () => {
  const goals: Record<string, number> = {
    'imagify-down': 50,
    'imagify-errors': 1.44,
    'imagify-error-rate': 0.1,
    'imagify-slow': 500,
    'imagify-cold-starts': 3,
  };
  for (const [AlarmName, Threshold] of Object.entries(goals))
    monitoring.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName, Threshold });
});

test('silence of the schedule rings, except where nothing is at work', () => {
  const silent = (template: any) =>
    alarmsOf(template).filter(({ TreatMissingData }) => TreatMissingData === 'breaching').length;
  const { templates: both } = templatesOf({ phase: 3 });
  assert.equal(silent(both.monitoring), 1);
  assert.equal(silent(both.replicaMonitoring), 0);
  const { templates: moved } = templatesOf({ phase: 3, activeRegion: 'ap-southeast-2' });
  assert.equal(silent(moved.monitoring), 0);
  assert.equal(silent(moved.replicaMonitoring), 1);
});

test('the budget tells before the month is over', () => {
  monitoring.hasResourceProperties('AWS::Budgets::Budget', {
    Budget: { BudgetLimit: { Amount: 75, Unit: 'USD' }, TimeUnit: 'MONTHLY' },
  });
  const [budget] = Object.values<any>(monitoring.findResources('AWS::Budgets::Budget'));
  const kinds = budget.Properties.NotificationsWithSubscribers.map(
    ({ Notification }: any) => Notification.NotificationType,
  );
  assert.ok(kinds.includes('FORECASTED') && kinds.includes('ACTUAL'));
});

test('only alarms and the budget of this account may write to the topic', () => {
  const [policy] = Object.values<any>(monitoring.findResources('AWS::SNS::TopicPolicy'));
  const allowed = policy.Properties.PolicyDocument.Statement.filter(
    ({ Effect }: any) => Effect === 'Allow',
  );
  assert.deepEqual(
    allowed.map(({ Principal }: any) => Principal.Service),
    ['cloudwatch.amazonaws.com', 'budgets.amazonaws.com'],
  );
  for (const { Condition } of allowed) assert.ok(Condition.StringEquals['aws:SourceAccount']);
});

test('every log group says how long it keeps', () => {
  const { templates: all } = templatesOf({ phase: 3 });
  for (const [name, template] of Object.entries(all))
    for (const [id, { Properties }] of Object.entries<any>(
      template!.findResources('AWS::Logs::LogGroup'),
    ))
      assert.ok(Properties?.RetentionInDays > 0, `${name} ${id}`);
});

test('functions and the API are traced', () => {
  const functions = Object.values<any>(templates.lambda.findResources('AWS::Lambda::Function'));
  const own = functions.filter(({ Properties }) => /^imagify-/.test(Properties.FunctionName ?? ''));
  assert.equal(own.length, 5);
  for (const { Properties } of own) assert.equal(Properties.TracingConfig?.Mode, 'Active');
  templates.lambda.hasResourceProperties('AWS::ApiGateway::Stage', { TracingEnabled: true });
});
