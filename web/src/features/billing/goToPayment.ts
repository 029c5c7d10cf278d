/** Leaves for the payment page; only ever to a web address. True if on the way. */
export function goToPayment(paymentUrl: string): boolean {
  const url = new URL(paymentUrl, location.origin);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return false;
  location.assign(url);
  return true;
}
