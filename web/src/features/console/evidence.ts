/** The signed values of the gateway's answers, in their order; a refund's answer lacks the last two. */
const answerNames = [
  'vnp_ResponseId',
  'vnp_Command',
  'vnp_ResponseCode',
  'vnp_Message',
  'vnp_TmnCode',
  'vnp_TxnRef',
  'vnp_Amount',
  'vnp_BankCode',
  'vnp_PayDate',
  'vnp_TransactionNo',
  'vnp_TransactionType',
  'vnp_TransactionStatus',
  'vnp_OrderInfo',
  'vnp_PromotionCode',
  'vnp_PromotionAmount',
] as const;

export type Evidence = [name: string, value: string][];

/**
 * A signed message as names and values. A notice is a query string, an answer is its values between
 * bars; anything else (a person's word) has no names and gives null.
 */
export function readEvidence(text: string): Evidence | null {
  const bars = text.split('|');
  if (bars.length === answerNames.length || bars.length === answerNames.length - 2)
    return bars
      .map((value, index): [string, string] => [answerNames[index] ?? '', value])
      .filter(told);
  if (/^[\w.]+=/.test(text)) return [...new URLSearchParams(text)].filter(told);
  return null;
}

const told = ([, value]: [string, string]): boolean => value !== '';

/** The gateway counts hundredths of a dong. */
export const dongOf = (amount: string): number | null =>
  /^\d{1,15}$/.test(amount) ? Number(amount) / 100 : null;

/** The gateway's own way to write a moment, in Vietnam's time: 20261123190500. */
export function momentOf(stamp: string): string | null {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(stamp);
  if (!parts) return null;
  const [, year, month, day, hour, minute, second] = parts;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}+07:00`;
  return Number.isNaN(Date.parse(iso)) ? null : iso;
}
