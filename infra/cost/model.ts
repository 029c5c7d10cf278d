// What a month of Imagify is: people, what they do, and the units of AWS that it takes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Inventory } from './inventory';

interface Price {
  usd?: number;
  /** [how many at this price, price]; the last one has no end. */
  tiers?: Array<[number | null, number]>;
  unit: string;
  free?: number;
  source: string;
  checked: string | null;
}

export interface PriceTable {
  region: string;
  known: string;
  prices: Record<string, Price>;
}

interface Assumption {
  value: number;
  from: string;
}

type Assumptions<Names extends string> = Record<Names, Assumption>;

export interface Scenario {
  users: number;
  /** How many months it has run: pictures pile up until their lifecycle ends. */
  month: number;
  perUser: Assumptions<
    'pictures' | 'logins' | 'purchases' | 'newAccounts' | 'visits' | 'galleries' | 'thumbnails'
  >;
  perPicture: Assumptions<'views' | 'paintSeconds' | 'pollSeconds' | 'bytes' | 'thumbnailBytes'>;
  perVisit: Assumptions<'siteBytes' | 'siteRequests'>;
  requestSeconds: Assumption;
  workerSeconds: Assumption;
  schedulerSeconds: Assumption;
  answerBytes: Assumption;
  platformLogBytes: Assumption;
  metrics: Assumption;
  queuePollers: Assumption;
  warmFunctions: Assumption;
}

/** What one use costs in units of AWS: tests/aws/usage.mjs counts it. */
export type Usage = Record<'store' | 'redis', Record<string, Record<string, number>>>;

export interface Line {
  service: string;
  what: string;
  price: string;
  quantity: number;
  usd: number;
}

export interface Bill {
  lines: Line[];
  usd: number;
  pictures: number;
  usdPerPicture: number;
}

export const kGb = 1024 ** 3;
export const kHours = 730;
export const kSeconds = kHours * 3600;
export const kDaysPerMonth = 365 / 12;

const read = (name: string) => JSON.parse(readFileSync(join(__dirname, name), 'utf8'));
export const readPrices = (): PriceTable => read('prices.json');
export const readScenario = (): Scenario => read('scenario.json');
export const readUsage = (): Usage => read('usage.json');

/** What `quantity` units cost, after what is free. */
export function costOf(price: Price, quantity: number): number {
  let left = Math.max(0, quantity - (price.free ?? 0));
  if (!price.tiers) return left * (price.usd ?? 0);
  let usd = 0;
  for (const [size, each] of price.tiers) {
    const some = Math.min(left, size ?? Infinity);
    usd += some * each;
    left -= some;
  }
  return usd;
}

/** How often each use happens in a month. */
export function usesOf(scenario: Scenario): Record<string, number> {
  const { users, perUser, perPicture } = scenario;
  const pictures = users * perUser.pictures.value;
  return {
    visit: users * perUser.visits.value,
    register: users * perUser.newAccounts.value,
    login: users * perUser.logins.value,
    openStudio: users * perUser.logins.value,
    generate: pictures,
    poll: pictures * Math.ceil(perPicture.paintSeconds.value / perPicture.pollSeconds.value),
    viewPicture: pictures * perPicture.views.value,
    openGallery: users * perUser.galleries.value,
    viewThumbnail: users * perUser.thumbnails.value,
    buy: users * perUser.purchases.value,
  };
}

/** Every unit that a month uses, by the names of usage.json. */
export function unitsOf(inventory: Inventory, scenario: Scenario, usage: Usage) {
  const each = usage[inventory.limits];
  const uses = { ...usesOf(scenario), tick: inventory.ticksPerMonth };
  const total: Record<string, number> = {};
  for (const [use, times] of Object.entries(uses)) {
    const one = each[use];
    if (!one) throw new Error(`usage.json does not know "${use}": tests/aws/usage.mjs --write`);
    for (const [unit, count] of Object.entries(one))
      total[unit] = (total[unit] ?? 0) + times * count;
  }
  return total;
}

/** GB of pictures in each storage class in the scenario's month. */
export function storedPictures(inventory: Inventory, scenario: Scenario): Record<string, number> {
  const { perUser, perPicture, users, month } = scenario;
  const bytes = perPicture.bytes.value + perPicture.thumbnailBytes.value;
  const monthly = (users * perUser.pictures.value * bytes) / kGb;
  const oldest = Math.min(month * kDaysPerMonth, inventory.imageExpiryDays);
  const stored: Record<string, number> = {};
  let [from, storageClass] = [0, 'STANDARD'];
  for (const next of [...inventory.imageTransitions, { days: Infinity, storageClass: 'end' }]) {
    const until = Math.min(next.days, oldest);
    if (until > from) stored[storageClass] = (monthly * (until - from)) / kDaysPerMonth;
    [from, storageClass] = [Math.max(from, next.days), next.storageClass];
  }
  return stored;
}

/** What the model reads: templates, scenario, counted usage and prices. */
export interface Basis {
  inventory: Inventory;
  scenario: Scenario;
  usage: Usage;
  prices: PriceTable;
  /** Pictures come through CloudFront, not from the bucket itself. */
  picturesByCdn?: boolean;
}

/** Dollars by service, the most expensive first. */
export function byService(bill: Bill): Array<[string, number]> {
  const sums = new Map<string, number>();
  for (const { service, usd } of bill.lines) sums.set(service, (sums.get(service) ?? 0) + usd);
  return [...sums].sort(([, one], [, other]) => other - one);
}
