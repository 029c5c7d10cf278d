import { describe, expect, it } from 'vitest';
import { dongOf, momentOf, readEvidence } from './evidence';

describe('a signed message', () => {
  it('is read from a notice, without what is empty', () => {
    expect(readEvidence('vnp_Amount=25000000&vnp_BankCode=NCB&vnp_CardType=')).toEqual([
      ['vnp_Amount', '25000000'],
      ['vnp_BankCode', 'NCB'],
    ]);
    expect(readEvidence('vnp_OrderInfo=Nap+100+luot%21')).toEqual([
      ['vnp_OrderInfo', 'Nap 100 luot!'],
    ]);
  });

  it("is read from a query's answer and from a refund's, which is shorter", () => {
    const answer = 'r1|querydr|00|OK|IMAGIFY0|O1|25000000|NCB|20261123190500|14|01|00|info';
    const named = readEvidence(`${answer}||`);
    expect(named).toContainEqual(['vnp_TransactionStatus', '00']);
    expect(named).toContainEqual(['vnp_OrderInfo', 'info']);
    expect(readEvidence(answer)).toEqual(named);
  });

  it('has no names when it is somebody’s word', () => {
    expect(readEvidence('closed by hand')).toBeNull();
  });

  it("tells the gateway's amounts and moments", () => {
    expect(dongOf('25000000')).toBe(250_000);
    expect(dongOf('many')).toBeNull();
    expect(momentOf('20261123190500')).toBe('2026-11-23T19:05:00+07:00');
    expect(momentOf('20269923190500')).toBeNull();
    expect(momentOf('yesterday')).toBeNull();
  });
});
