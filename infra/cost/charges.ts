// Which unit of the model is paid at which price, service by service.
import { kFunctionNames } from './inventory';
import type { FunctionName, Inventory } from './inventory';
import { costOf, kDaysPerMonth, kGb, kHours, kSeconds, storedPictures, unitsOf } from './model';
import type { Basis, Bill, Line, PriceTable, Scenario } from './model';

const kClassPrices: Record<string, string> = {
  STANDARD: 's3.standard',
  STANDARD_IA: 's3.infrequent',
  ONEZONE_IA: 's3.infrequent',
  INTELLIGENT_TIERING: 's3.infrequent',
  GLACIER_IR: 's3.glacierInstant',
};

const kNodePrices: Record<string, string> = {
  'cache.t4g.micro': 'elasticache.microHours',
  'cache.t4g.small': 'elasticache.smallHours',
};

const known = (table: Record<string, string>, key: string, what: string): string => {
  const price = table[key];
  if (!price) throw new Error(`the model has no price for ${what} ${key}: add one to prices.json`);
  return price;
};

/** Collects lines; each names its price, so that nothing is priced twice or by a number in code. */
class Ledger {
  readonly lines: Line[] = [];
  constructor(private readonly table: PriceTable) {}

  add(service: string, what: string, price: string, quantity: number): void {
    const found = this.table.prices[price];
    if (!found) throw new Error(`prices.json has no price "${price}"`);
    if (quantity <= 0) return;
    this.lines.push({ service, what, price, quantity, usd: costOf(found, quantity) });
  }
}

export function billOf(basis: Basis): Bill {
  const { inventory, scenario, usage, prices } = basis;
  const ledger = new Ledger(prices);
  const units = unitsOf(inventory, scenario, usage);
  const pictures = scenario.users * scenario.perUser.pictures.value;
  ledger.add('ClipDrop', 'pictures', 'clipdrop.pictures', pictures);
  addCompute(ledger, basis, units);
  addData(ledger, basis, units);
  addDelivery(ledger, basis, units);
  addPeople(ledger, basis, units);
  addSafety(ledger, basis, units);
  addWatching(ledger, basis, units);
  addNetwork(ledger, basis);
  const usd = ledger.lines.reduce((sum, line) => sum + line.usd, 0);
  return { lines: ledger.lines, usd, pictures, usdPerPicture: usd / pictures };
}

type Units = Record<string, number>;

function secondsOf(scenario: Scenario, units: Units): Record<FunctionName, number> {
  const request = scenario.requestSeconds.value;
  const work = scenario.perPicture.paintSeconds.value + scenario.workerSeconds.value;
  return {
    auth: units.authInvocations! * request,
    image: units.imageInvocations! * request,
    payment: units.paymentInvocations! * request,
    worker: units.workerInvocations! * work,
    scheduler: units.schedulerInvocations! * scenario.schedulerSeconds.value,
  };
}

const invocationsOf = (units: Units) =>
  kFunctionNames.reduce((sum, name) => sum + units[`${name}Invocations`]!, 0);

function addCompute(ledger: Ledger, { inventory, scenario }: Basis, units: Units): void {
  ledger.add('Lambda', 'invocations', 'lambda.requests', invocationsOf(units));
  const seconds = secondsOf(scenario, units);
  const byMachine = { x86_64: 0, arm64: 0 };
  for (const name of kFunctionNames) {
    const { memoryMb, architecture } = inventory.functions[name];
    byMachine[architecture] += (seconds[name] * memoryMb) / 1024;
  }
  ledger.add('Lambda', 'time, x86', 'lambda.gbSecondsX86', byMachine.x86_64);
  ledger.add('Lambda', 'time, arm64', 'lambda.gbSecondsArm', byMachine.arm64);
  const api = inventory.apiKind === 'rest' ? 'apigateway.restRequests' : 'apigateway.httpRequests';
  ledger.add('API Gateway', 'requests', api, units.apiRequests!);
  const polls = scenario.queuePollers.value * (kSeconds / 20);
  const messages = units.sqsCalls! + 2 * units.workerInvocations!;
  ledger.add('SQS', 'requests', 'sqs.requests', polls + messages);
}

function addData(ledger: Ledger, { inventory, scenario }: Basis, units: Units): void {
  const regions = 1 + inventory.tableReplicas;
  const stored = (regions * Math.max(0, units.dynamodbBytes!) * scenario.month) / kGb;
  ledger.add('DynamoDB', 'read units', 'dynamodb.readUnits', units.readUnits!);
  ledger.add('DynamoDB', 'write units', 'dynamodb.writeUnits', units.writeUnits! * regions);
  ledger.add('DynamoDB', 'storage', 'dynamodb.storage', stored);
  if (inventory.pointInTimeRecovery)
    ledger.add('DynamoDB', 'point-in-time recovery', 'dynamodb.pitr', stored);
  const pictures = storedPictures(inventory, scenario);
  for (const [storageClass, size] of Object.entries(pictures)) {
    const price = known(kClassPrices, storageClass, 'storage class');
    ledger.add('S3', `pictures, ${storageClass}`, price, size);
  }
  ledger.add('S3', 'writes', 's3.writes', units.s3Puts!);
  const views = scenario.users * scenario.perUser.thumbnails.value;
  const seen = scenario.users * scenario.perUser.pictures.value * scenario.perPicture.views.value;
  ledger.add('S3', 'reads', 's3.reads', units.s3Gets! + views + seen);
  const moved = movedPictures(inventory, scenario);
  ledger.add('S3', 'moves to cheaper classes', 's3.transitions', moved);
  if (inventory.imagesReplicated) {
    const fresh = total(storedPictures(inventory, { ...scenario, month: 1 }));
    ledger.add('S3', 'copies in the second region', 's3.standard', total(pictures));
    ledger.add('S3', 'transfer of copies', 'transfer.region', fresh);
    ledger.add('S3', 'writes of copies', 's3.writes', units.s3Puts!);
  }
}

const total = (sizes: Record<string, number>) =>
  Object.values(sizes).reduce((sum, size) => sum + size, 0);

/** Pictures that reach the age of a move this month; thumbnails are too small to be moved. */
function movedPictures(inventory: Inventory, scenario: Scenario): number {
  const age = scenario.month * kDaysPerMonth;
  const moves = inventory.imageTransitions.filter(({ days }) => days < age).length;
  return moves * scenario.users * scenario.perUser.pictures.value;
}

function addDelivery(ledger: Ledger, { scenario, picturesByCdn }: Basis, units: Units): void {
  const { users, perUser, perPicture, perVisit } = scenario;
  const views = users * perUser.pictures.value * perPicture.views.value;
  const thumbnails = users * perUser.thumbnails.value;
  const visits = users * perUser.visits.value;
  const shown =
    (views * perPicture.bytes.value + thumbnails * perPicture.thumbnailBytes.value) / kGb;
  const site = (visits * perVisit.siteBytes.value) / kGb;
  const answers = (units.apiRequests! * scenario.answerBytes.value) / kGb;
  const requests = units.apiRequests! + visits * perVisit.siteRequests.value;
  const more = picturesByCdn ? { bytes: shown, requests: views + thumbnails } : undefined;
  ledger.add(
    'CloudFront',
    'transfer',
    'cloudfront.transfer',
    site + answers + (more?.bytes ?? 0),
  );
  ledger.add('CloudFront', 'requests', 'cloudfront.requests', requests + (more?.requests ?? 0));
  if (!more) ledger.add('S3', 'pictures to browsers', 'transfer.internet', shown);
}

const kPoolPrices = {
  LITE: 'cognito.lite',
  ESSENTIALS: 'cognito.essentials',
  PLUS: 'cognito.plus',
} as const;

function addPeople(ledger: Ledger, { inventory, scenario }: Basis, units: Units): void {
  if (inventory.userPoolTier !== 'none')
    ledger.add('Cognito', 'active users', kPoolPrices[inventory.userPoolTier], scenario.users);
  ledger.add('SES', 'letters', 'ses.letters', units.sesCalls!);
}

function addSafety(ledger: Ledger, { inventory, scenario }: Basis, units: Units): void {
  const visits = scenario.users * scenario.perUser.visits.value;
  const site = visits * scenario.perVisit.siteRequests.value;
  // A request of the API passes the list of the CDN and that of the API.
  const looked = inventory.webAcls ? units.apiRequests! * inventory.webAcls + site : 0;
  ledger.add('WAF', 'lists', 'waf.acls', inventory.webAcls);
  ledger.add('WAF', 'rules', 'waf.rules', inventory.webAclRules);
  ledger.add('WAF', 'requests', 'waf.requests', looked);
  ledger.add('Secrets Manager', 'secrets', 'secrets.secrets', inventory.secrets);
  const asked = inventory.secrets * scenario.warmFunctions.value * (kSeconds / 300);
  ledger.add('Secrets Manager', 'calls', 'secrets.calls', asked);
  ledger.add('KMS', 'keys', 'kms.keys', inventory.keys);
  if (inventory.trailDataEvents)
    ledger.add('CloudTrail', 'data events', 'cloudtrail.dataEvents', units.s3Puts! * 2);
  const rows = (Math.max(0, units.dynamodbBytes!) * scenario.month) / kGb;
  // Every backup of DynamoDB is a full one.
  const kept = inventory.backups.map(
    ({ everyDays, days, copies }) => Math.floor(days / everyDays) * (1 + copies),
  );
  const wholes = kept.reduce((all, one) => all + one, 0);
  ledger.add('Backup', 'tables', 'backup.dynamodb', rows * wholes);
}

function addWatching(ledger: Ledger, { inventory, scenario }: Basis, units: Units): void {
  const calls = invocationsOf(units);
  const written = (units.logBytes! + calls * scenario.platformLogBytes.value) / kGb;
  ledger.add('CloudWatch', 'metrics', 'cloudwatch.metrics', scenario.metrics.value);
  ledger.add('CloudWatch', 'alarms', 'cloudwatch.alarms', inventory.alarms);
  ledger.add('CloudWatch', 'dashboards', 'cloudwatch.dashboards', inventory.dashboards);
  ledger.add('CloudWatch', 'logs written', 'cloudwatch.logsIn', written);
  const kept = (written * inventory.logRetentionDays) / kDaysPerMonth;
  ledger.add('CloudWatch', 'logs kept', 'cloudwatch.logsKept', kept);
  if (Object.values(inventory.functions).some(({ traced }) => traced)) {
    // X-Ray's own rule: the first request of every second, and one in twenty of the others.
    const perSecond = calls / kSeconds;
    const traced = Math.min(perSecond, 1) + 0.05 * Math.max(0, perSecond - 1);
    ledger.add('X-Ray', 'traces', 'xray.traces', traced * kSeconds);
  }
}

function addNetwork(ledger: Ledger, { inventory, scenario }: Basis): void {
  const { natGateways, interfaceEndpoints, serverlessCaches, hostedZones } = inventory;
  ledger.add('VPC', 'NAT gateways', 'vpc.natHours', natGateways * kHours);
  const painted = scenario.users * scenario.perUser.pictures.value;
  const fetched = natGateways ? (painted * scenario.perPicture.bytes.value) / kGb : 0;
  ledger.add('VPC', 'pictures through NAT', 'vpc.natTransfer', fetched);
  ledger.add('VPC', 'interface endpoints', 'vpc.endpointHours', interfaceEndpoints * kHours);
  for (const [type, count] of Object.entries(inventory.cacheNodes)) {
    const price = known(kNodePrices, type, 'cache node');
    ledger.add('ElastiCache', type, price, count * kHours);
  }
  const cached = serverlessCaches * 0.1 * kHours;
  ledger.add('ElastiCache', 'serverless', 'elasticache.serverlessGbHours', cached);
  ledger.add('Route 53', 'hosted zones', 'route53.zones', hostedZones);
  ledger.add('Route 53', 'health checks', 'route53.healthChecks', inventory.healthChecks);
}
