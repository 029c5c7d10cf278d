import { safeParse } from 'valibot';
import { describe, expect, it } from 'vitest';
import { grant, noted, partialRefund, refundAmount } from './money';

describe('the amount of a partial refund', () => {
  const order = { credits: 300, amountVnd: 1_000_000 };

  it.each([
    [300, 1_000_000],
    [1, 3_333],
    [3, 10_000],
    [299, 996_666],
  ])('%i of 300 credits are %i dong, rounded down', (credits, dong) => {
    expect(refundAmount(order, credits)).toBe(dong);
  });

  it('is never more in parts than as a whole, in no plan and for no part', () => {
    for (const plan of [
      { credits: 100, amountVnd: 250_000 },
      { credits: 5_000, amountVnd: 6_250_000 },
      { credits: 7, amountVnd: 99_999 },
    ]) {
      for (let part = 1; part < plan.credits; part += 1) {
        const both = refundAmount(plan, part) + refundAmount(plan, plan.credits - part);
        expect(both).toBeLessThanOrEqual(plan.amountVnd);
        expect(both).toBeGreaterThanOrEqual(plan.amountVnd - 1);
      }
    }
  });
});

const codeOf = (result: { issues?: readonly { message: string }[] | undefined }) =>
  result.issues?.[0]?.message;

describe('a note', () => {
  it.each([
    ['', 'too_short'],
    ['  ab  ', 'too_short'],
    ['abc', undefined],
    ['vì sao', undefined],
    ['x'.repeat(500), undefined],
    ['x'.repeat(501), 'too_long'],
  ])('%j: %s', (note, code) => {
    expect(codeOf(safeParse(noted, { note }))).toBe(code);
  });

  it('is sent without the spaces around it', () => {
    expect(safeParse(noted, { note: '  two words ' }).output).toEqual({ note: 'two words' });
  });
});

describe('credits typed in', () => {
  it.each(['', '0', '-1', '1.5', 'x', '1000001', 'Infinity'])('%j cannot be given', (credits) => {
    expect(codeOf(safeParse(grant, { credits, note: 'why' }))).toBe('out_of_range');
  });

  it('are sent as a number', () => {
    expect(safeParse(grant, { credits: ' 20 ', note: 'why' }).output).toEqual({
      credits: 20,
      note: 'why',
    });
  });

  it('are refunded up to all of the order', () => {
    const schema = partialRefund({ credits: 100 });
    expect(safeParse(schema, { credits: '100', note: 'why' }).success).toBe(true);
    expect(codeOf(safeParse(schema, { credits: '101', note: 'why' }))).toBe('out_of_range');
  });
});
