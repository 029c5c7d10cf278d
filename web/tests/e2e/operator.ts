import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { expect, freshEmail, goodPassword, signUp, speak, type Locale } from './support';

/** Makes an account an operator's, as whoever runs the server does: by its own command. */
function promote(email: string): void {
  const data = process.env['IMAGIFY_DATA'];
  if (!data) throw new Error('IMAGIFY_DATA must name the data folder of the server under test');
  const program =
    process.env['IMAGIFY_PROGRAM'] ?? resolve(import.meta.dirname, '../../../build/imagify');
  execFileSync(program, ['make-admin', email, '--note', 'walk of the console', '--data', data]);
}

/** Signs the page in as a new operator. */
export async function signUpOperator(
  page: Page,
  baseURL: string | undefined,
  locale: Locale,
): Promise<string> {
  const email = await signUp(page, baseURL, locale);
  promote(email);
  // The role is in the session from the next sign-in on.
  const answer = await page.request.post('/auth/login', {
    data: { email, password: goodPassword },
    headers: { 'X-Imagify': '1', Origin: new URL(baseURL ?? '').origin },
  });
  expect(answer.status()).toBe(200);
  return email;
}

/** Buys the smallest plan with a test card; gives the order's id. */
export async function buy(page: Page, card?: string): Promise<string> {
  await page.goto('/billing');
  await page.getByTestId('pay').click();
  await page.waitForURL(/\/dev\/vnpay/);
  if (card) await page.locator(`input[name="card"][value="${card}"]`).check();
  await page.getByTestId('vnpay-pay').click();
  await page.waitForURL(/\/billing\/result\/[^?]+$/);
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

/** A customer in a browser of their own. */
export async function newCustomer(browser: Browser, baseURL: string | undefined, locale: Locale) {
  const context = await browser.newContext({ baseURL });
  const page = await context.newPage();
  await speak(page, locale, baseURL);
  const email = await signUp(page, baseURL, locale, freshEmail());
  return { page, email, close: () => context.close() };
}

/** The balance as the server tells it. */
export async function creditsOf(page: Page): Promise<number> {
  const answer = await page.request.get('/user/credits');
  return ((await answer.json()) as { credits: number }).credits;
}
