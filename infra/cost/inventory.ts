// What the synthesised templates contain that costs money.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const kFunctionNames = ['auth', 'image', 'payment', 'worker', 'scheduler'] as const;
export type FunctionName = (typeof kFunctionNames)[number];

export interface FunctionFacts {
  memoryMb: number;
  architecture: 'x86_64' | 'arm64';
  traced: boolean;
}

/** A move of old pictures to a cheaper class; ordered by days. */
export interface Transition {
  days: number;
  storageClass: string;
}

export interface Inventory {
  functions: Record<FunctionName, FunctionFacts>;
  apiKind: 'rest' | 'http';
  ticksPerMonth: number;
  pointInTimeRecovery: boolean;
  /** Regions beside the first that have a copy of every table. */
  tableReplicas: number;
  imageTransitions: Transition[];
  imageExpiryDays: number;
  imagesReplicated: boolean;
  userPoolTier: 'LITE' | 'ESSENTIALS' | 'PLUS' | 'none';
  webAcls: number;
  webAclRules: number;
  secrets: number;
  keys: number;
  alarms: number;
  dashboards: number;
  logRetentionDays: number;
  trailDataEvents: boolean;
  backups: BackupRule[];
  limits: 'store' | 'redis';
  natGateways: number;
  interfaceEndpoints: number;
  cacheNodes: Record<string, number>;
  serverlessCaches: number;
  hostedZones: number;
  healthChecks: number;
}

/** A whole backup of every table, every so many days, kept so long, here and in copies. */
export interface BackupRule {
  everyDays: number;
  days: number;
  copies: number;
}

interface Resource {
  Type: string;
  Properties?: Record<string, any>;
}

interface Template {
  name: string;
  resources: Array<[string, Resource]>;
}

const kMinutesPerMonth = 730 * 60;
const kUnitMinutes: Record<string, number> = {
  minute: 1,
  minutes: 1,
  hour: 60,
  hours: 60,
  day: 1440,
  days: 1440,
};

/** All templates of a cloud assembly, those of nested assemblies too. */
export function readTemplates(folder: string): Template[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.template.json'))
    .sort();
  if (names.length === 0)
    throw new Error(`${folder} has no *.template.json: run "npm --prefix infra run synth" first`);
  return names.map((name) => {
    const { Resources: resources = {} } = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    return { name, resources: Object.entries(resources as Record<string, Resource>) };
  });
}

/** How often a month rate(...) fires. cron(...) is taken for what its minutes and hours say. */
export function firesPerMonth(expression: string): number {
  const rate = /^rate\((\d+) (\w+)\)$/.exec(expression);
  if (rate) {
    const minutes = kUnitMinutes[rate[2]!];
    if (minutes) return kMinutesPerMonth / (Number(rate[1]) * minutes);
  }
  const cron = /^cron\((\S+) (\S+) (\S+) (\S+) (\S+) \S+\)$/.exec(expression);
  if (cron)
    return firesOfField(cron[1]!, 60) * firesOfField(cron[2]!, 24) * daysOfFields(cron[3]!, cron[5]!);
  throw new Error(`the schedule "${expression}" is neither rate(N minutes) nor cron(...)`);
}

/** "1 * ?": once a month; "? * MON-FRI" is told as every day, which is close enough. */
function daysOfFields(dayOfMonth: string, dayOfWeek: string): number {
  if (/^\d+(,\d+)*$/.test(dayOfMonth)) return dayOfMonth.split(',').length;
  return /^(\w+)(,\w+)*$/.test(dayOfWeek) ? dayOfWeek.split(',').length * 4.35 : 30.4;
}

function firesOfField(field: string, every: number): number {
  if (field === '*') return every;
  const step = /^(?:\*|0)\/(\d+)$/.exec(field);
  return step ? every / Number(step[1]) : field.split(',').length;
}

/** The first template's region is ours: copies in others are counted where they are declared. */
export function inventoryOf(templates: Template[]): Inventory {
  const all = templates.flatMap(({ resources }) => resources);
  const of = (type: string) => all.filter(([, { Type }]) => Type === type);
  const properties = (type: string) => of(type).map(([, { Properties = {} }]) => Properties);
  const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0);

  const tables = properties('AWS::DynamoDB::GlobalTable');
  const plain = properties('AWS::DynamoDB::Table');
  const regions = Math.max(1, ...tables.map(({ Replicas = [] }) => Replicas.length));
  const images = imagesBucket(properties('AWS::S3::Bucket'));
  const functions = functionsOf(properties('AWS::Lambda::Function'));
  const acls = properties('AWS::WAFv2::WebACL');
  // The others say a few lines a month.
  const groups = properties('AWS::Logs::LogGroup').filter(({ LogGroupName }) =>
    /-function/.test(JSON.stringify(LogGroupName ?? '')),
  );
  const logs = groups.map(({ RetentionInDays = 3650 }) => RetentionInDays);
  const plan = properties('AWS::Backup::BackupPlan')[0]?.BackupPlan?.BackupPlanRule ?? [];
  const caches = properties('AWS::ElastiCache::ReplicationGroup');
  const pools = properties('AWS::Cognito::UserPool');
  return {
    functions: functions.facts,
    apiKind: of('AWS::ApiGateway::RestApi').length ? 'rest' : 'http',
    ticksPerMonth: ticksOf(all),
    pointInTimeRecovery: [...plain, ...tables.flatMap(({ Replicas = [] }) => Replicas)].some(
      (table) => table.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled === true,
    ),
    tableReplicas: regions - 1,
    imageTransitions: images.transitions,
    imageExpiryDays: images.expiryDays,
    imagesReplicated: images.replicated,
    userPoolTier: pools.length ? (pools[0]!.UserPoolTier ?? 'ESSENTIALS') : 'none',
    webAcls: acls.length,
    webAclRules: sum(acls.map(({ Rules = [] }) => Rules.length)),
    secrets: of('AWS::SecretsManager::Secret').length,
    keys: of('AWS::KMS::Key').length + of('AWS::KMS::ReplicaKey').length,
    alarms: sum(properties('AWS::CloudWatch::Alarm').map(metricsOfAlarm)),
    dashboards: of('AWS::CloudWatch::Dashboard').length,
    logRetentionDays: Math.max(0, ...logs),
    trailDataEvents: properties('AWS::CloudTrail::Trail').some(
      ({ EventSelectors = [], AdvancedEventSelectors = [] }) =>
        EventSelectors.some((one: any) => one.DataResources?.length) ||
        AdvancedEventSelectors.length > 0,
    ),
    backups: plan.map(backupRule),
    limits: functions.limits,
    natGateways: of('AWS::EC2::NatGateway').length,
    interfaceEndpoints: sum(
      properties('AWS::EC2::VPCEndpoint')
        .filter(({ VpcEndpointType }) => VpcEndpointType === 'Interface')
        .map(({ SubnetIds = [] }) => Math.max(1, SubnetIds.length)),
    ),
    cacheNodes: nodesOf(caches),
    serverlessCaches: of('AWS::ElastiCache::ServerlessCache').length,
    hostedZones: of('AWS::Route53::HostedZone').length,
    healthChecks: of('AWS::Route53::HealthCheck').length,
  };
}

function functionsOf(all: Array<Record<string, any>>) {
  const facts: Partial<Record<FunctionName, FunctionFacts>> = {};
  let limits: 'store' | 'redis' = 'store';
  for (const one of all) {
    const variables = one.Environment?.Variables ?? {};
    const name = kFunctionNames.find((known) => known === variables.IMAGIFY_ROUTES);
    if (!name) continue; // CDK's own helpers cost nothing worth a line.
    if (variables.LIMITS === 'redis') limits = 'redis';
    facts[name] = {
      memoryMb: one.MemorySize ?? 128,
      architecture: one.Architectures?.[0] ?? 'x86_64',
      traced: one.TracingConfig?.Mode === 'Active',
    };
  }
  const missing = kFunctionNames.filter((name) => !facts[name]);
  if (missing.length)
    throw new Error(`no function has IMAGIFY_ROUTES=${missing.join(', ')}: are all stacks there?`);
  return { facts: facts as Record<FunctionName, FunctionFacts>, limits };
}

function imagesBucket(buckets: Array<Record<string, any>>) {
  const rulesOf = (bucket: Record<string, any>) => bucket.LifecycleConfiguration?.Rules ?? [];
  const named = (bucket: Record<string, any>) => JSON.stringify(bucket.BucketName ?? '');
  // The bucket of copies has the same name, with its region behind it.
  const all = buckets.filter((bucket) => /imagify-images/.test(named(bucket)));
  const images = all.find(({ ReplicationConfiguration }) => ReplicationConfiguration) ?? all[0];
  if (!images) throw new Error('no bucket is called imagify-images-...: are all stacks there?');
  const rules: any[] = rulesOf(images);
  const transitions = rules
    .flatMap(({ Transitions = [] }) => Transitions)
    .map((one: any) => ({ days: one.TransitionInDays, storageClass: one.StorageClass }))
    .sort((one, other) => one.days - other.days);
  const expiries = rules.map(({ ExpirationInDays }) => ExpirationInDays).filter(Boolean);
  return {
    transitions,
    expiryDays: expiries.length ? Math.max(...expiries) : 3650,
    replicated: Boolean(images.ReplicationConfiguration),
  };
}

/** Schedules that call a function; those of pipelines and backups have other targets. */
function ticksOf(all: Array<[string, Resource]>): number {
  let ticks = 0;
  for (const [, { Type, Properties = {} }] of all) {
    if (Type !== 'AWS::Events::Rule' && Type !== 'AWS::Scheduler::Schedule') continue;
    if (Properties.ScheduleExpression) ticks += firesPerMonth(Properties.ScheduleExpression);
  }
  return Math.round(ticks);
}

function backupRule(rule: Record<string, any>): BackupRule {
  const fires = firesPerMonth(rule.ScheduleExpression ?? 'rate(1 day)');
  return {
    everyDays: Math.max(1, Math.round(kMinutesPerMonth / (60 * 24) / fires)),
    days: rule.Lifecycle?.DeleteAfterDays ?? 3650,
    copies: rule.CopyActions?.length ?? 0,
  };
}

/** An alarm costs by the metrics that it looks at. */
function metricsOfAlarm(alarm: Record<string, any>): number {
  const looked = (alarm.Metrics ?? []).filter((one: any) => one.MetricStat);
  return Math.max(1, looked.length);
}

function nodesOf(groups: Array<Record<string, any>>): Record<string, number> {
  const nodes: Record<string, number> = {};
  for (const group of groups) {
    const shards = group.NumNodeGroups ?? 1;
    const each = 1 + (group.ReplicasPerNodeGroup ?? 0);
    const count = group.NumCacheClusters ?? shards * each;
    nodes[group.CacheNodeType] = (nodes[group.CacheNodeType] ?? 0) + count;
  }
  return nodes;
}
