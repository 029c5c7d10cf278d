// What goes wrong between a client and AWS, by plan or by seed.

/** Each kind of trouble, and to which services it happens. */
export const kKinds = {
  throttle: {}, // refused, nothing happened
  conflict: { only: 'dynamodb' }, // TransactionConflict: refused, nothing happened
  error500: {}, // refused, nothing happened
  error503: {}, // refused, nothing happened
  cut_before: {}, // the connection ends before the request is looked at
  lost_answer: {}, // done, but the answer never arrives
  half_answer: {}, // done; the answer ends in its middle
  twice: {}, // done twice, as when a network repeats; the second answer arrives
  late: {}, // done, and answered after `delay_ms`
};
const kWrites = /^(PutItem|UpdateItem|DeleteItem|TransactWriteItems)$/;

/** A small repeatable source of numbers in [0, 1) (mulberry32). */
export function dice(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const kByChance =
  'throttle conflict error500 error503 cut_before lost_answer half_answer'.split(' ');

/**
 * Decides for each request whether something goes wrong. Planned rows come first, in their order:
 * {kind, operation?, skip = 0, times = 1, delay_ms?}; a row counts only requests of its operation.
 * Then, with a seed, chance: `rate` of all requests, but never more than twice in a row, so that
 * a client that tries again a few times always gets through.
 */
export class Faults {
  constructor(service) {
    this.service = service;
    this.plan = [];
    this.happened = {};
    this.chance(undefined);
  }

  chance(seed, rate = 0.1, kinds = kByChance) {
    this.roll = seed === undefined ? undefined : dice(seed);
    this.rate = rate;
    this.kinds = kinds;
    this.row = 0;
  }

  add(rows) {
    for (const row of rows) {
      if (!(row.kind in kKinds)) throw new Error(`no such fault: ${row.kind}`);
      this.plan.push({ skip: 0, times: 1, ...row });
    }
  }

  clear() {
    this.plan = [];
    this.chance(undefined);
  }

  /** The row of what happens to this request, or nothing. */
  next(operation) {
    const found = this.planned(operation) ?? this.byChance(operation);
    if (found) this.happened[found.kind] = (this.happened[found.kind] ?? 0) + 1;
    return found;
  }

  planned(operation) {
    for (const row of this.plan) {
      if (row.operation && row.operation !== operation) continue;
      if (row.skip > 0) {
        row.skip -= 1;
        continue;
      }
      if (row.times > 0) {
        row.times -= 1;
        return row;
      }
    }
    return undefined;
  }

  byChance(operation) {
    if (!this.roll || this.roll() >= this.rate || this.row >= 2) {
      this.row = 0;
      return undefined;
    }
    this.row += 1;
    const kind = this.kinds[Math.floor(this.roll() * this.kinds.length)];
    const possible =
      kKinds[kind].only === undefined ||
      (kKinds[kind].only === this.service && kWrites.test(operation));
    return { kind: possible ? kind : 'throttle' };
  }
}
