import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';

export type Locale = 'vi' | 'en';

/** The few words the walks look for; everything else is found by role, label or test id. */
export const words = {
  vi: {
    email: 'E-mail',
    password: 'Mật khẩu',
    createAccount: 'Tạo tài khoản',
    logIn: 'Đăng nhập',
    prompt: 'Câu mô tả',
    credits: (count: string) => `${count} lượt`,
    topUp: 'Nạp lượt',
    received: 'Đã nhận thanh toán',
    failed: 'Chưa thanh toán được',
    funds: /không đủ số dư/,
    cancelled: /Bạn đã hủy giao dịch/,
    toStudio: 'Về Xưởng vẽ',
    openMenu: 'Mở trình đơn',
    notFound: 'Không có trang này',
    tooCommon: /quá phổ biến/,
    needEmail: /Nhập e-mail/,
    badCredentials: /không đúng/,
    taken: /đã có tài khoản/,
    price: /250\.000\s₫/,
  },
  en: {
    email: 'E-mail',
    password: 'Password',
    createAccount: 'Create account',
    logIn: 'Log in',
    prompt: 'Prompt',
    credits: (count: string) => `${count} credit`,
    topUp: 'Credits',
    received: 'Payment received',
    failed: 'The payment did not go through',
    funds: /not enough money/,
    cancelled: /You cancelled/,
    toStudio: 'Back to the studio',
    openMenu: 'Open the menu',
    notFound: 'There is no such page',
    tooCommon: /too common/,
    needEmail: /Enter your e-mail/,
    badCredentials: /not right/,
    taken: /already has an account/,
    price: /₫250,000/,
  },
} as const;

/** A page that fails its test on any script error, CSP violation or request to another origin. */
export const test = base.extend<{ watched: Page }>({
  watched: async ({ page, baseURL }, use) => {
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('console', (message) => {
      const expected = /status of 4\d\d/.test(message.text());
      if (message.type() === 'error' && !expected) faults.push(message.text());
    });
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (protocol.startsWith('http') && origin !== new URL(baseURL ?? '').origin)
        faults.push(`third party: ${request.url()}`);
    });
    await use(page);
    expect(faults).toEqual([]);
  },
});
export { expect };

export async function speak(
  page: Page,
  locale: Locale,
  baseURL: string | undefined,
): Promise<void> {
  await page.context().addCookies([{ name: 'lang', value: locale, url: baseURL ?? '' }]);
}

let serial = 0;
export const freshEmail = () => `walk-${Date.now()}-${process.pid}-${(serial += 1)}@example.com`;
export const goodPassword = 'a-good-pass-42-Lotus';

/** A new account without walking through the form; the page's own cookie jar is signed in. */
export async function signUp(
  page: Page,
  baseURL: string | undefined,
  locale: Locale,
  email = freshEmail(),
): Promise<string> {
  const answer = await page.request.post('/auth/register', {
    data: { email, password: goodPassword, name: 'Lan', locale },
    headers: { 'X-Imagify': '1', Origin: new URL(baseURL ?? '').origin },
  });
  expect(answer.status()).toBe(201);
  return email;
}

/** Nothing that axe knows is wrong with the page as it is now. */
export async function accessible(page: Page, where: string): Promise<void> {
  // While a page's part of the program is on its way, React keeps the page before, hidden, and its
  // heading with it.
  await expect(page.locator('h1:visible').first(), `${where} has a heading`).toBeVisible();
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
  expect(found, where).toEqual([]);
}

/** Nothing of the page is wider than the screen. */
export async function fits(page: Page, where: string): Promise<void> {
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
    `${where} scrolls sideways`,
  ).toBeLessThanOrEqual(0);
}

/** Writes a prompt and waits for its picture. */
export async function paint(page: Page, locale: Locale, prompt: string): Promise<void> {
  await page.getByLabel(words[locale].prompt, { exact: true }).fill(prompt);
  await page.getByTestId('paint').click();
  await expect(page.getByTestId('easel')).toHaveAttribute('data-state', 'ready');
  await expect(page.getByTestId('result')).toBeVisible();
}
